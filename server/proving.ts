import type { Failure } from '../engine/model/index.ts';
import type { Laboratory } from '../engine/mutation/index.ts';
import { proveTests, type Testimony } from '../engine/witness/index.ts';
import { toPath } from './convert.ts';
import type { ProveParams, ProveResult, Settings } from './protocol.ts';
import type { Workspace } from './workspace.ts';

/** What proving tests needs from the server around it. */
export interface ProveSurroundings {
  workspace: Workspace;
  settings: Settings;
  laboratory: Laboratory;
  signal: AbortSignal;
  progress(text: string, done: number, all: number): void;
  log(line: string): void;
}

/** Runs tests and breaks what they run; what is seen is kept. */
export async function prove({ uris }: ProveParams, around: ProveSurroundings): Promise<ProveResult> {
  const { workspace, settings, laboratory, signal } = around;
  const paths = uris.map(toPath).filter((file) => file !== undefined);
  const { files, defects, failures } = await proveTests(
    {
      paths,
      folders: workspace.folders,
      overlays: await workspace.unsaved(),
      node: { setting: settings.nodePath || undefined },
      concurrency: settings.concurrency > 0 ? settings.concurrency : undefined,
      dryRunMinutes: settings.dryRunMinutes,
      books: workspace.books,
      laboratory,
    },
    {
      signal,
      report: (event) => {
        if (event.kind === 'log') around.log(event.line);
        else around.progress(`${event.done} of ${event.files} test files run`, event.done, event.files);
      },
    },
  );
  if (signal.aborted) return notProven([], 'cancelled');
  const problems = files.flatMap(({ file, problem }) => (problem === undefined ? [] : [didNotRun(file, problem)]));
  const all = [...failures, ...problems];
  for (const { message, action } of all) around.log(`${message} ${action}`);
  const tests = files.flatMap((file) => file.tests);
  const counted = (verdict: Testimony['verdict']) => tests.filter((one) => one.verdict === verdict).length;
  return {
    status: tests.length === 0 && all.length > 0 ? 'failed' : 'done',
    failures: all,
    tests: tests.length,
    falsePositives: counted('unnoticed'),
    neverMade: tests.reduce((sum, { neverMade }) => sum + neverMade.length, 0),
    undecided: counted('undecided'),
    failing: counted('fails'),
    missedDefects: defects.filter(({ noticedBy, problem }) => problem === undefined && noticedBy.length === 0).map(({ name }) => name),
    untriedDefects: defects.flatMap(({ name, problem }) => (problem === undefined ? [] : [{ name, problem }])),
  };
}

/** An answer without tests, and why there are none. */
export function notProven(failures: Failure[], status: 'failed' | 'cancelled' = 'failed'): ProveResult {
  return { status, failures, tests: 0, falsePositives: 0, neverMade: 0, undecided: 0, failing: 0, missedDefects: [], untriedDefects: [] };
}

function didNotRun(file: string, problem: string): Failure {
  return {
    code: 'tests-errored',
    message: `The tests of ${file} could not be proved: ${problem}.`,
    action: 'Run them with their own command to see what is wrong.',
  };
}
