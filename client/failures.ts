import * as vscode from 'vscode';
import type { FailedTest, Failure } from '../engine/model/index.ts';

/** Tells people why something could not be done, with what they can do about it as buttons. */
export class Failures {
  readonly #log: vscode.LogOutputChannel;

  constructor(log: vscode.LogOutputChannel) {
    this.#log = log;
  }

  /** Shows a failure and carries out the button that is pressed. */
  async show(failure: Failure, severity: 'error' | 'warning' = 'error'): Promise<void> {
    const buttons = this.#buttons(failure);
    const show = severity === 'error' ? vscode.window.showErrorMessage : vscode.window.showWarningMessage;
    const pressed = await show(`${failure.message} ${failure.action}`, ...buttons.keys());
    if (pressed) await buttons.get(pressed)?.();
  }

  #buttons(failure: Failure): Map<string, () => unknown> {
    const buttons = new Map<string, () => unknown>();
    if (failure.failedTests?.length) buttons.set('Show Failing Tests', () => pickFailedTest(failure.failedTests ?? []));
    if (/^node-/.test(failure.code))
      buttons.set('Open Setting', () => vscode.commands.executeCommand('workbench.action.openSettings', 'assay.node.path'));
    if (failure.code === 'tests-timed-out')
      buttons.set('Open Setting', () => vscode.commands.executeCommand('workbench.action.openSettings', 'assay.mutation.dryRunMinutes'));
    if (failure.code === 'untrusted') buttons.set('Manage Workspace Trust', () => vscode.commands.executeCommand('workbench.trust.manage'));
    if (failure.detail) buttons.set('Show Log', () => this.#log.show());
    return buttons;
  }
}

async function pickFailedTest(tests: readonly FailedTest[]): Promise<void> {
  const items = tests.map((test) => ({
    label: `$(error) ${test.name}`,
    description: test.file && vscode.workspace.asRelativePath(test.file),
    detail: test.message.split('\n')[0],
    test,
  }));
  const picked = await vscode.window.showQuickPick(
    items.map(({ description, detail, ...rest }) => ({ ...rest, ...(description && { description }), ...(detail && { detail }) })),
    { title: 'Tests that fail before anything was changed', placeHolder: 'Open a test', matchOnDetail: true },
  );
  if (!picked?.test.file) return;
  const at = new vscode.Position(picked.test.position?.line ?? 0, picked.test.position?.column ?? 0);
  await vscode.window.showTextDocument(vscode.Uri.file(picked.test.file), { selection: new vscode.Range(at, at) });
}
