import * as vscode from 'vscode';
import { commands, type ProveResult } from '../server/protocol.ts';
import type { Connection } from './connection.ts';
import type { Failures } from './failures.ts';
import { ensureTrust } from './trust.ts';
import type { Underway } from './underway.ts';

const STOPPED = {
  message: 'The Assay server stopped while it ran the tests. Nothing of this run was kept.',
  action: 'Run again; if it happens again, see the log.',
};

/** Registers the command that runs tests and breaks what they run: on a test file, on folders, or on all that is open. */
export function registerProving(context: vscode.ExtensionContext, connection: Connection, underway: Underway, failures: Failures): void {
  context.subscriptions.push(
    vscode.commands.registerCommand(commands.proveTests, async (target?: vscode.Uri | string, selected?: vscode.Uri[]) => {
      if (!(await ensureTrust('Proving tests'))) return;
      const chosen = selected?.length ? selected : target === undefined ? (vscode.workspace.workspaceFolders ?? []).map(({ uri }) => uri) : [target];
      if (chosen.length === 0) return void vscode.window.showInformationMessage('Open a folder with tests to prove them.');
      const uris = chosen.map(String);
      const result = await underway.run('Proving tests', STOPPED, (run, token) => connection.ask('prove', { run, uris }, token));
      if (!result || result.status === 'cancelled') return;
      for (const failure of result.failures) void failures.show(failure, result.status === 'failed' ? 'error' : 'warning');
      if (result.status === 'failed') return;
      const open = 'Open Test Audit';
      const pressed = await vscode.window.showInformationMessage(summary(result), open);
      if (pressed === open) await vscode.commands.executeCommand(commands.openTestAudit);
    }),
  );
}

function summary({ tests, falsePositives, neverMade, undecided, failing, missedDefects, untriedDefects }: ProveResult): string {
  const parts = [
    falsePositives === 0 ? 'each can fail' : `${falsePositives} ${falsePositives === 1 ? 'passes' : 'pass'} whatever the code does`,
    ...(neverMade > 0 ? [`${neverMade} ${neverMade === 1 ? 'assertion was' : 'assertions were'} not made`] : []),
    ...(undecided > 0 ? [`${undecided} could not be decided in the time there is`] : []),
    ...(failing > 0 ? [`${failing} ${failing === 1 ? 'fails' : 'fail'} as the code is`] : []),
    ...missedDefects.map((name) => `none notices the defect “${name}”`),
    ...untriedDefects.map(({ name, problem }) => `the defect “${name}” could not be tried (${problem})`),
  ];
  return `${tests} ${tests === 1 ? 'test' : 'tests'} run: ${parts.join(', ')}.`;
}
