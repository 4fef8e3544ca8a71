import assert from 'node:assert/strict';
import path from 'node:path';
import * as vscode from 'vscode';

describe('in Restricted Mode', function () {
  this.timeout(60_000);

  it('is active and runs nothing', async () => {
    assert.equal(vscode.workspace.isTrusted, false);
    const folder = vscode.workspace.workspaceFolders?.[0]?.uri.fsPath ?? '';
    const uri = vscode.Uri.file(path.join(folder, 'src/price.ts'));
    await vscode.window.showTextDocument(uri);
    await vscode.extensions.getExtension('assay.assay')?.activate();
    // Its warning waits for an answer that nobody gives here.
    const asked = vscode.commands.executeCommand('assay.mutateFile', uri);
    const answer = await Promise.race([asked, new Promise((resolve) => setTimeout(() => resolve('waits'), 5000))]);
    assert.ok(answer === 'waits' || answer === undefined);
    assert.deepEqual(
      vscode.languages.getDiagnostics(uri).filter(({ source }) => source === 'Assay'),
      [],
    );
    const entries = await vscode.workspace.fs.readDirectory(vscode.Uri.file(folder));
    assert.ok(!entries.some(([name]) => name === '.assay'), 'nothing was stored');
  });
});
