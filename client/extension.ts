import * as vscode from 'vscode';
import { registerAudit } from './audit.ts';
import { registerAuditExport } from './audit-export.ts';
import { registerAuditPanel } from './audit-panel.ts';
import { Connection } from './connection.ts';
import { registerCoveringTests } from './covering-tests.ts';
import { registerDetection } from './detection.ts';
import { registerEvidence } from './evidence.ts';
import { registerExport } from './export.ts';
import { Failures } from './failures.ts';
import { registerLadderStatus } from './ladder-status.ts';
import { registerProofsPanel } from './proofs-panel.ts';
import { registerProving } from './proving.ts';
import { registerPseudoTested } from './pseudo-tested.ts';
import { registerReport } from './report-panel.ts';
import { registerResultsTree } from './results-tree.ts';
import { registerRuns } from './runs.ts';
import { registerStatus } from './status.ts';
import { registerStrengthening } from './strengthening.ts';
import { registerSurvivors } from './survivors.ts';
import { registerTesting } from './testing.ts';
import { Underway } from './underway.ts';
import { registerVerifying, Verifying } from './verifying.ts';

let connection: Connection | undefined;

/** Registers everything and returns; the server starts meanwhile. */
export function activate(context: vscode.ExtensionContext): void {
  const log = vscode.window.createOutputChannel('Assay', { log: true });
  const failures = new Failures(log);
  connection = new Connection(context, log);
  context.subscriptions.push(
    log,
    connection.onNotice((notice) => failures.show(notice, 'warning')),
    vscode.commands.registerCommand('assay.showLog', () => log.show()),
    vscode.commands.registerCommand('assay.restartServer', () => connection?.restart()),
    vscode.commands.registerCommand('assay.openWalkthrough', () =>
      vscode.commands.executeCommand('workbench.action.openWalkthrough', 'assay.assay#assay.start'),
    ),
  );
  const underway = new Underway(connection, failures);
  registerRuns(context, connection, underway, failures);
  context.subscriptions.push(underway);
  registerStatus(context, connection);
  registerResultsTree(context, connection);
  registerReport(context, connection);
  registerExport(context, connection);
  registerCoveringTests(context, connection);
  registerSurvivors(context, connection);
  registerPseudoTested(context, connection);
  registerProving(context, connection, underway, failures);
  registerStrengthening(context, connection, underway, failures);
  registerAudit(context);
  registerAuditPanel(context, connection);
  registerAuditExport(context, connection);
  const verifying = new Verifying(connection, underway, failures);
  context.subscriptions.push(verifying);
  registerVerifying(context, verifying);
  registerLadderStatus(context, connection, verifying);
  registerProofsPanel(context, connection, verifying);
  registerEvidence(context, connection);
  registerTesting(context, connection, verifying, log);
  registerDetection(context, connection, failures);
}

/** Stops the server, and with it every run. */
export async function deactivate(): Promise<void> {
  await connection?.dispose();
}
