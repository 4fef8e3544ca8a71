import * as vscode from 'vscode';
import type { AuditedPackage, AuditFormat } from '../server/protocol.ts';
import type { Connection } from './connection.ts';
import { saveText } from './save-text.ts';

const FORMATS: { format: AuditFormat; label: string; detail: string; extension: string }[] = [
  { format: 'markdown', label: 'Markdown', detail: 'A summary for a pull request', extension: 'md' },
  { format: 'json', label: 'JSON', detail: 'All tests and findings', extension: 'json' },
  { format: 'sarif', label: 'SARIF', detail: 'Version 2.1.0, for code scanning', extension: 'sarif' },
];

/** Registers the command that writes a test audit to a file; it asks for what it is not given: the format, and the URI of the package's directory. */
export function registerAuditExport(context: vscode.ExtensionContext, connection: Connection): void {
  context.subscriptions.push(
    vscode.commands.registerCommand('assay.exportTestAudit', async (given?: AuditFormat, directory?: string) => {
      const uri = directory ?? (await pickPackage(connection));
      if (uri === undefined) return;
      const format =
        FORMATS.find((one) => one.format === given) ?? (await vscode.window.showQuickPick(FORMATS, { placeHolder: 'Export the test audit as' }));
      if (!format) return;
      await saveText({
        title: `Export the test audit as ${format.label}`,
        proposed: vscode.Uri.joinPath(vscode.Uri.parse(uri), `test-audit.${format.extension}`),
        label: format.label,
        extension: format.extension,
        text: () => connection.ask('exportAudit', { format: format.format, uri }),
      });
    }),
  );
}

async function pickPackage(connection: Connection): Promise<string | undefined> {
  const { packages } = await connection.ask('testAudit', { run: 0, asked: false });
  if (packages.length === 0)
    void vscode.window.showInformationMessage('There are no tests to export an audit of: none were found in the open folders.');
  if (packages.length <= 1) return packages[0]?.uri;
  const items = packages.map((one: AuditedPackage) => ({
    label: one.name,
    description: vscode.workspace.asRelativePath(vscode.Uri.parse(one.uri)),
    one,
  }));
  return (await vscode.window.showQuickPick(items, { placeHolder: 'Export the test audit of which package?' }))?.one.uri;
}
