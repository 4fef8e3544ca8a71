import type { Project } from '../detection/index.ts';
import type { JobContext } from '../model/index.ts';
import { HotExecutor, mutate, ProgressTracker, ResultBooks, scores } from '../mutation/index.ts';
import { count } from './count.ts';
import type { MutationCounts, Proof } from './model.ts';
import type { NodeChoice } from './program-folders.ts';
import type { ProofEvent, Proving } from './proving.ts';

/** Measures the mutation score of a project: how much of its code its tests notice when it is broken. The rung holds where there is a score, whatever it is. */
export async function proveMutationScore(
  proving: Proving,
  project: Project,
  { signal }: JobContext<ProofEvent>,
  node: NodeChoice,
  isOffline: boolean,
): Promise<Proof> {
  if (isOffline) proving.note('It ran with the network: what assay mutate starts is not kept from it.');
  const books = new ResultBooks();
  const hot = new HotExecutor({ once: true });
  const tracker = new ProgressTracker();
  try {
    const outcome = await mutate(
      { targets: [{ path: project.directory }], folders: [project.directory], overlays: new Map(), node, dryRunMinutes: 5, books, executor: hot },
      { signal, report: ({ event }) => tracker.take(event) && proving.says(tracker.progress.text) },
    );
    const verdicts = outcome.packages.flatMap((one) => one.verdicts);
    const failures = [...outcome.failures, ...outcome.packages.flatMap((one) => one.failures)];
    const notes = failures.map(({ message }) => message);
    const { score } = scores(verdicts);
    if (signal.aborted || score === null) {
      const why = signal.aborted ? 'The mutation score is not known: it was cancelled' : 'There is no mutation score: nothing could be mutated';
      return await proving.end({ verdict: 'inconclusive', summary: why, notes }, []);
    }
    const of = (...statuses: string[]) => verdicts.filter(({ status }) => statuses.includes(status)).length;
    const mutation: MutationCounts = { killed: of('Killed', 'Timeout'), survived: of('Survived'), noCoverage: of('NoCoverage'), score };
    const all = mutation.killed + mutation.survived + mutation.noCoverage;
    const summary = `The tests notice ${Math.floor(score)} % of ${count(all, 'mutant')}`;
    return await proving.end({ verdict: 'holds', summary, notes, mutation }, [{ name: 'assay mutate' }]);
  } finally {
    await hot.end();
    books.close();
  }
}
