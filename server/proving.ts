import type { Failure } from '../engine/model/index.ts';
import { proveTests, type Testimony } from '../engine/witness/index.ts';
import { toPath } from './convert.ts';
import type { ProveParams, ProveResult } from './protocol.ts';
import { asInEditor, type ExperimentSurroundings } from './surroundings.ts';

/** Runs tests and breaks what they run; what is seen is kept. */
export async function prove({ uris }: ProveParams, around: ExperimentSurroundings): Promise<ProveResult> {
  const { workspace, settings, laboratory, signal } = around;
  const paths = uris.map(toPath).filter((file) => file !== undefined);
  const { files, defects, failures } = await proveTests(
    {
      paths,
      folders: workspace.folders,
      laboratory,
      ...(await asInEditor(workspace, settings)),
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
