import * as vscode from 'vscode';
import type { ExportFormat, PackageSummary } from '../server/protocol.ts';
import type { Connection } from './connection.ts';
import { saveText } from './save-text.ts';

const FORMATS: { format: ExportFormat; label: string; detail: string; extension: string }[] = [
  { format: 'html', label: 'HTML', detail: 'A self-contained page', extension: 'html' },
  { format: 'json', label: 'JSON', detail: 'mutation-testing-report, schema version 2', extension: 'json' },
  { format: 'sarif', label: 'SARIF', detail: 'Version 2.1.0, for code scanning', extension: 'sarif' },
  { format: 'markdown', label: 'Markdown', detail: 'A summary for a pull request', extension: 'md' },
];

/** Registers the command that writes results to a file; it asks for what it is not given. */
export function registerExport(context: vscode.ExtensionContext, connection: Connection): void {
  context.subscriptions.push(
    vscode.commands.registerCommand('assay.export', async (given?: ExportFormat, directory?: string) => {
      const packages = await connection.ask('results', {});
      const from = directory === undefined ? await pickPackage(packages) : packages.find((one) => one.directory === directory);
      if (!from) {
        if (packages.length === 0)
          void vscode.window.showInformationMessage('There are no results to export yet: run mutation testing on a file first.');
        return;
      }
      const format =
        FORMATS.find((one) => one.format === given) ?? (await vscode.window.showQuickPick(FORMATS, { placeHolder: 'Export mutation results as' }));
      if (!format) return;
      await saveText({
        title: `Export mutation results as ${format.label}`,
        proposed: vscode.Uri.joinPath(vscode.Uri.file(from.directory), `mutation-report.${format.extension}`),
        label: format.label,
        extension: format.extension,
        text: () => connection.ask('export', { format: format.format, directory: from.directory }),
      });
    }),
  );
}

async function pickPackage(packages: PackageSummary[]): Promise<PackageSummary | undefined> {
  if (packages.length <= 1) return packages[0];
  const items = packages.map((summary) => ({ label: summary.name, description: vscode.workspace.asRelativePath(summary.directory), summary }));
  return (await vscode.window.showQuickPick(items, { placeHolder: 'Export the results of which package?' }))?.summary;
}
