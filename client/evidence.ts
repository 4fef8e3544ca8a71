import * as vscode from 'vscode';
import { commands, type Ladder, type ProofSummary } from '../server/protocol.ts';
import type { Connection } from './connection.ts';

/** Registers the command that opens the log of a proof: of a given one, or of one that a person picks of the newest. */
export function registerEvidence(context: vscode.ExtensionContext, connection: Connection): void {
  context.subscriptions.push(
    vscode.commands.registerCommand(commands.openEvidence, async (project?: string, proof?: string) => {
      const wanted = project !== undefined && proof !== undefined ? { project, proof } : await pickProof(await connection.ask('ladders', {}));
      const detail = wanted && (await connection.ask('proof', wanted));
      if (wanted && !detail)
        return void vscode.window.showWarningMessage('The evidence of this proof is gone: it was trimmed, or somebody removed it.');
      if (detail) await openLog(vscode.Uri.parse(detail.log));
    }),
  );
}

/** A log is evidence: it is shown so that it cannot be changed by accident. */
async function openLog(uri: vscode.Uri): Promise<void> {
  await vscode.window.showTextDocument(uri, { preview: true });
  await vscode.commands.executeCommand('workbench.action.files.setActiveEditorReadonlyInSession');
}

async function pickProof(ladders: readonly Ladder[]): Promise<{ project: string; proof: string } | undefined> {
  const icons: Record<ProofSummary['verdict'], string> = { holds: 'pass', fails: 'error', inconclusive: 'question' };
  const items = ladders.flatMap(({ id, name, steps }) =>
    steps.flatMap(({ newest }) =>
      newest?.hasEvidence
        ? [
            {
              label: `$(${icons[newest.verdict]}) ${newest.summary}`,
              description: name,
              detail: `${newest.commands.map(({ line }) => line).join(', ')} · ${new Date(newest.at).toLocaleString()}`,
              at: newest.at,
              project: id,
              proof: newest.id,
            },
          ]
        : [],
    ),
  );
  if (items.length === 0) return void vscode.window.showInformationMessage('Nothing was proved here yet. Run “Assay: Verify Workspace”.');
  return vscode.window.showQuickPick(
    items.sort((a, b) => b.at - a.at),
    { title: 'Open the log of which proof?', matchOnDescription: true },
  );
}
