import * as vscode from 'vscode';
import type { MutateResult } from '../server/protocol.ts';
import type { Connection } from './connection.ts';

const SHOW = 'assay.showPseudoTested';

/** Registers the command that lists the functions that no test would miss, and opens the one that is picked. */
export function registerPseudoTested(context: vscode.ExtensionContext, connection: Connection): void {
  context.subscriptions.push(
    vscode.commands.registerCommand(SHOW, async () => {
      const found = await connection.ask('pseudoTested', {});
      if (found.length === 0) {
        const why = 'No function is known that tests run and would not miss. "Assay: Find Functions No Test Would Miss" looks for them.';
        return void vscode.window.showInformationMessage(why);
      }
      const items = found.map((one) => ({
        label: `$(symbol-method) ${one.title}`,
        description: one.tests === 0 ? '' : `${one.tests} ${one.tests === 1 ? 'test runs' : 'tests run'} it in ${Math.ceil(one.testsMs)} ms`,
        detail: `${vscode.workspace.asRelativePath(vscode.Uri.parse(one.uri))}:${one.at.start.line + 1}`,
        one,
      }));
      const picked = await vscode.window.showQuickPick(items, {
        title: 'Functions that tests run, and none would miss',
        placeHolder: 'Open a function',
        matchOnDetail: true,
      });
      if (!picked) return;
      const { start, end } = picked.one.at;
      const selection = new vscode.Range(start.line, start.column, end.line, end.column);
      await vscode.window.showTextDocument(vscode.Uri.parse(picked.one.uri), { selection });
    }),
  );
}

/** Tells what a quick scan found, and leads to the list. */
export async function reportScan({ pseudoTested, notRun, judged }: NonNullable<MutateResult['functions']>): Promise<void> {
  if (judged === 0) return void vscode.window.showInformationMessage('There is nothing to remove here: this code has no function with a body.');
  const rest = notRun > 0 ? ` ${notRun} more ${notRun === 1 ? 'is' : 'are'} not run by any test.` : '';
  if (pseudoTested === 0) {
    return void vscode.window.showInformationMessage(`Tests would miss each of the ${judged - notRun} functions that they run.${rest}`);
  }
  const show = 'Show Functions';
  const text = `No test would miss ${pseudoTested} of ${judged} functions: tests run them, and pass without their body.${rest}`;
  if ((await vscode.window.showInformationMessage(text, show)) === show) await vscode.commands.executeCommand(SHOW);
}
