import assert from 'node:assert/strict';
import { existsSync } from 'node:fs';
import path from 'node:path';
import * as vscode from 'vscode';

const folder = vscode.workspace.workspaceFolders?.[0]?.uri.fsPath ?? '';

describe('the test audit of 3,000 tests', function () {
  this.timeout(120_000);

  it('is opened by its command, which is done when all tests are read', async () => {
    await vscode.extensions.getExtension('assay.assay')?.activate();
    const begun = performance.now();
    await vscode.commands.executeCommand('assay.openTestAudit');
    console.log(`    3,000 tests were read in ${Math.round(performance.now() - begun)} ms`);
    const tab = vscode.window.tabGroups.all.flatMap(({ tabs }) => tabs).find(({ label }) => label === 'Test Audit');
    assert.ok(tab?.isActive);
  });

  it('keeps its numbers, for a person asked for it', () => {
    assert.ok(existsSync(path.join(folder, '.assay', 'assay.db')));
  });

  it('is one panel, however often it is asked for', async () => {
    await vscode.commands.executeCommand('assay.openTestAudit');
    const tabs = vscode.window.tabGroups.all.flatMap((group) => group.tabs).filter(({ label }) => label === 'Test Audit');
    assert.equal(tabs.length, 1);
  });
});
