import type { CancellationToken, Connection, RequestHandler } from 'vscode-languageserver';
import type { TestLocator } from '../engine/mutation/index.ts';
import { detect } from './detection.ts';
import { exportResults } from './exports.ts';
import type { Ladders } from './ladders.ts';
import { notUsefulEdit } from './not-useful.ts';
import { type MutateParams, type RequestTypes, requests } from './protocol.ts';
import { pseudoTested } from './pseudo-tested.ts';
import type { Runs } from './runs.ts';
import { detailFile, summarizePackages } from './summaries.ts';
import type { TestAudits } from './test-audit.ts';
import type { Workspace } from './workspace.ts';

/** What requests of ours are answered with. */
export interface RequestSurroundings {
  workspace: Workspace;
  locator: TestLocator;
  runs: Runs;
  testAudits: TestAudits;
  ladders: Ladders;
  version: string;
  /** Told what a person asked to have judged. */
  asked(params: MutateParams): void;
  tellNotices(): void;
  /** Says that results may be others now. */
  announce(): void;
  /** Says that what is known of tests may be another thing now. */
  lookAgainAtTests(): Promise<void>;
  /** Says that ladders may be others now. */
  laddersChanged(): void;
}

/** Answers the requests that are not LSP's own (`protocol.ts`). */
export function listenToRequests(connection: Connection, around: RequestSurroundings): void {
  const { workspace, locator, runs, testAudits, ladders, version, asked, tellNotices, announce, lookAgainAtTests, laddersChanged } = around;
  const on = <Name extends keyof RequestTypes>(
    name: Name,
    handler: (params: RequestTypes[Name]['params'], token: CancellationToken) => Promise<RequestTypes[Name]['result']>,
  ) => connection.onRequest(requests[name], handler as RequestHandler<unknown, unknown, void>);

  on('mutate', (params, token) => {
    // Who looks over a package has not asked for each of its files to be judged whenever it is saved.
    if (!params.extreme) asked(params);
    return runs.run(params, signalOf(token));
  });
  on('strengthen', (params, token) => runs.strengthen(params, signalOf(token)));
  on('testAudit', async (params, token) => {
    const result = await testAudits.audit(params, signalOf(token));
    tellNotices();
    return result;
  });
  on('prove', async (params, token) => {
    const result = await runs.prove(params, signalOf(token));
    announce();
    await lookAgainAtTests();
    return result;
  });
  on('verify', (params, token) => runs.verify(params, signalOf(token)));
  on('choose', async (params) => {
    await ladders.choose(params);
    laddersChanged();
    return null;
  });
  on('declineInstall', async (params) => {
    await ladders.declineInstall(params);
    return null;
  });
  on('ladders', () => ladders.all());
  on('proof', (params) => ladders.proof(params));
  on('provenTests', ({ project, proof }) => ladders.tests(project !== undefined && proof !== undefined ? { project, proof } : undefined));
  on('coverage', (params) => ladders.coverage(params));
  on('coveredFile', (params) => ladders.coveredFile(params));
  on('exportAudit', (params) => testAudits.export(params));
  on('results', () => summarizePackages(workspace, locator));
  on('fileDetail', async ({ uri }) => {
    const judged = await workspace.judged(uri);
    return judged ? detailFile(judged, locator) : null;
  });
  on('export', ({ format, directory }) => exportResults(workspace, directory, format, version));
  on('clear', async () => {
    for (const book of await workspace.openBooks()) book.clear();
    announce();
    void lookAgainAtTests();
    return null;
  });
  on('notUseful', async ({ uri, mutantId }) => {
    const judged = await workspace.judged(uri);
    return (judged && (await notUsefulEdit(judged, mutantId, workspace))?.edit) ?? null;
  });
  on('pseudoTested', () => pseudoTested(workspace));
  on('detect', ({ uri }) => detect(uri, workspace));
}

function signalOf(token: CancellationToken): AbortSignal {
  const cancel = new AbortController();
  token.onCancellationRequested(() => cancel.abort());
  return cancel.signal;
}
