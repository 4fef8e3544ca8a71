import type { Failure, JobContext } from '../model/index.ts';
import type { ResolvedMutant } from '../mutation/index.ts';
import { shippedFile } from '../process/index.ts';
import type { Sighting, Watching } from './tightener/findings.ts';
import { planFor, type Workplace } from './workplace.ts';

/** How long a test process may go on without a sign of life, milliseconds. */
const STALL_MS = 60_000;

/** What to look at, and with what. */
export interface WatchRequest extends Workplace {
  /** Test files, their texts that tell the values in them, and the mutants that their tests run without noticing. */
  files: readonly WatchedFile[];
}

/** A test file to look into. */
export interface WatchedFile {
  testFile: string;
  text: string;
  mutants: readonly ResolvedMutant[];
}

/** Something that was seen in a test, or why nothing could be. */
export interface Sighted {
  testFile: string;
  sighting: Sighting;
}

/** Runs tests with mutants on and tells where in them a value is another one. Answers why it could not be done. */
export async function watchTests(
  { files, ...workplace }: WatchRequest,
  context: JobContext<Sighted | { kind: 'log'; line: string }>,
): Promise<Failure | undefined> {
  const input = ({ mutants }: WatchedFile): Watching => ({
    mutants: mutants.map(({ range, mutator, replacement, static: isStatic }) => ({ range, mutator, replacement, isStatic })),
  });
  const outcome = await workplace.laboratory.experiment(
    planFor(
      workplace,
      files.flatMap(({ mutants }) => mutants),
      files.map(({ testFile, text }) => [testFile, text]),
    ),
    {
      script: shippedFile('dist', 'hot', 'tightener.js'),
      each: files.map((one) => ({ testFile: one.testFile, input: input(one) })),
      stallMs: STALL_MS,
      totalMs: workplace.dryRunMinutes * 60_000,
    },
    {
      signal: context.signal,
      report: (event) => {
        if (event.kind === 'log') context.report(event);
        else if (event.kind === 'found') context.report({ testFile: event.testFile, sighting: event.finding as Sighting });
        else context.report({ kind: 'log', line: `${event.testFile}: ${event.why}` });
      },
    },
  );
  return outcome.status === 'failed' ? outcome.failure : undefined;
}
