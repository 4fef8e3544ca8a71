import * as vscode from 'vscode';
import type { PackageSummary } from '../server/protocol.ts';
import type { Connection } from './connection.ts';

/** A run's progress in the status bar; between runs, the score of the file in the active editor. */
export function registerStatus(context: vscode.ExtensionContext, connection: Connection): void {
  const item = vscode.window.createStatusBarItem('assay.status', vscode.StatusBarAlignment.Left, 10);
  item.name = 'Assay';
  let running = false;
  let packages: PackageSummary[] = [];

  const showFile = () => {
    if (running) return;
    const uri = vscode.window.activeTextEditor?.document.uri.toString();
    const file = packages.flatMap(({ files }) => files).find((one) => one.uri === uri);
    if (!file || file.score === null) return item.hide();
    item.text = `$(beaker) ${Math.floor(file.score)} % · ${file.counts.Survived} survived`;
    item.tooltip = `Mutation score of ${file.path}. Open the report.`;
    item.accessibilityInformation = { label: `Assay: mutation score ${Math.floor(file.score)} per cent, ${file.counts.Survived} survived` };
    item.command = { title: 'Open Report', command: 'assay.showFileReport', arguments: [file.uri] };
    item.show();
  };
  const refresh = async () => {
    packages = await connection.ask('results', {}).catch(() => packages);
    showFile();
  };
  context.subscriptions.push(
    item,
    connection.onProgress(({ phase, text }) => {
      running = phase !== 'ended';
      if (!running) return void refresh();
      item.text = `$(loading~spin) ${text}`;
      item.tooltip = 'Mutation testing is running. Cancel it.';
      item.command = 'assay.cancelRuns';
      item.show();
    }),
    connection.onResults(() => void (running || refresh())),
    vscode.window.onDidChangeActiveTextEditor(showFile),
  );
}
