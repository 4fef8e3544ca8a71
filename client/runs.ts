import * as vscode from 'vscode';
import type { Range } from '../engine/model/index.ts';
import { commands, type MutateParams, type MutateResult } from '../server/protocol.ts';
import type { Connection } from './connection.ts';
import type { Failures } from './failures.ts';
import { reportScan } from './pseudo-tested.ts';
import { ensureTrust } from './trust.ts';
import type { Underway } from './underway.ts';

/** What is said when the server ends during a run. */
const STOPPED = {
  message: 'The Assay server stopped while it ran mutation testing. What was judged so far is kept.',
  action: 'Run again; if it happens again, see the log.',
};

/** Registers the commands that run mutation testing, on a file, a function or a folder, the quick scan, and the one that cancels. */
export function registerRuns(context: vscode.ExtensionContext, connection: Connection, underway: Underway, failures: Failures): void {
  const run = async (title: string, params: Omit<MutateParams, 'run'>): Promise<MutateResult | undefined> => {
    if (!(await ensureTrust('Mutation testing'))) return undefined;
    const result = await underway.run(title, STOPPED, (id, token) => connection.ask('mutate', { run: id, ...params }, token));
    if (result) void report(result, failures);
    return result;
  };

  const runOn = (uri: vscode.Uri, range?: Range) =>
    run(`Mutation testing ${vscode.workspace.asRelativePath(uri)}`, { targets: [{ uri: uri.toString(), ...(range && { range }) }] });

  context.subscriptions.push(
    vscode.commands.registerCommand(commands.mutateFile, async (target?: vscode.Uri | string, selected?: vscode.Uri[]) => {
      if (selected && selected.length > 1) return run('Mutation testing', { targets: selected.map((uri) => ({ uri: uri.toString() })) });
      const uri = toUri(target) ?? vscode.window.activeTextEditor?.document.uri;
      if (!uri) return void vscode.window.showInformationMessage('Open a source file to run mutation testing on it.');
      return runOn(uri);
    }),
    vscode.commands.registerCommand('assay.mutateFolder', async (target?: vscode.Uri) => {
      const uri = target ?? (await pickFolder('Run mutation testing on which folder?'));
      return uri && runOn(uri);
    }),
    vscode.commands.registerCommand(commands.mutateFunction, async (target?: vscode.Uri | string, range?: Range) => {
      const editor = vscode.window.activeTextEditor;
      const uri = toUri(target) ?? editor?.document.uri;
      if (!uri)
        return void vscode.window.showInformationMessage('Open a source file and put the cursor into a function to run mutation testing on it.');
      const cursor = editor ? { line: editor.selection.active.line, column: editor.selection.active.character } : { line: 0, column: 0 };
      return runOn(uri, range ?? { start: cursor, end: cursor });
    }),
    vscode.commands.registerCommand('assay.findPseudoTested', async (target?: vscode.Uri, selected?: vscode.Uri[]) => {
      const uris = selected?.length ? selected : [target ?? (await pickFolder('Find functions that no test would miss in which folder?'))];
      const targets = uris.flatMap((uri) => (uri ? [{ uri: uri.toString() }] : []));
      return targets.length > 0 ? run('Finding functions that no test would miss', { targets, extreme: true }) : undefined;
    }),
    vscode.commands.registerCommand('assay.cancelRuns', () => underway.cancel()),
  );
}

function toUri(target: vscode.Uri | string | undefined): vscode.Uri | undefined {
  return typeof target === 'string' ? vscode.Uri.parse(target) : target;
}

async function pickFolder(placeHolder: string): Promise<vscode.Uri | undefined> {
  const folders = vscode.workspace.workspaceFolders ?? [];
  if (folders.length <= 1) return folders[0]?.uri;
  return (await vscode.window.showWorkspaceFolderPick({ placeHolder }))?.uri;
}

async function report(result: MutateResult, failures: Failures): Promise<void> {
  for (const failure of result.failures) void failures.show(failure, result.status === 'failed' ? 'error' : 'warning');
  if (result.status !== 'done') return;
  if (result.functions) return reportScan(result.functions);
  const total = Object.values(result.counts).reduce((sum, count) => sum + count, 0);
  if (total === 0) {
    void vscode.window.showInformationMessage('There is nothing to mutate here: this code has no mutants.');
    return;
  }
  const open = 'Open Report';
  const score = result.score === null ? 'No mutant counts' : `Mutation score ${Math.floor(result.score)} %`;
  const pressed = await vscode.window.showInformationMessage(
    `${score}: ${result.counts.Survived} of ${total} mutants survived${result.counts.NoCoverage ? `, ${result.counts.NoCoverage} not covered` : ''}.`,
    open,
  );
  if (pressed === open) await vscode.commands.executeCommand('assay.openReport');
}
