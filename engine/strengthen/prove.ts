import { shippedFile } from '../installation/index.ts';
import type { Failure, JobContext } from '../model/index.ts';
import type { ResolvedMutant } from '../mutation/index.ts';
import type { Proof, Trial } from './prover/experiment.ts';
import { inBatches, planFor, type Workplace } from './workplace.ts';

/** How long a test process may go on without a sign of life, milliseconds. */
const STALL_MS = 60_000;

/** New tests of one file, as text in it. */
export interface NewTests {
  testFile: string;
  /** The whole text of the file with them. */
  text: string;
  /** Whether it must only be run where it can change nothing. */
  confined: boolean;
  tests: {
    /** Of a new test the end of its full name, of one that is there all of it. */
    title: string;
    isNew: boolean;
    /** Of one that runs once for each row of a table, what the ends of the full names are like, and how many rows there are. */
    table?: { pattern: string; rows: number };
    mutants: readonly ResolvedMutant[];
  }[];
}

/** What to prove, and with what. */
export interface ProveRequest extends Workplace {
  files: readonly NewTests[];
  /** How often each has to pass. */
  rounds: number;
}

type Context = JobContext<{ testFile: string; proof: Proof } | { kind: 'log'; line: string }>;

/** Runs new tests through the framework, from memory. What came of each is told by its title; answers why it could not be done. */
export async function prove(request: ProveRequest, context: Context): Promise<Failure | undefined> {
  for (const confined of [false, true]) {
    const files = request.files.filter((one) => one.confined === confined);
    const failure = files.length > 0 ? await experiment({ ...request, files, confined }, context) : undefined;
    if (failure) return failure;
  }
  return undefined;
}

async function experiment(request: ProveRequest, context: Context): Promise<Failure | undefined> {
  const { files, rounds } = request;
  const input = ({ tests }: NewTests): Trial => ({
    tests: tests.map(({ title, isNew, table, mutants }) => ({
      title,
      isNew,
      ...(table && { table }),
      kills: mutants.map(({ range, mutator, replacement }) => ({ range, mutator, replacement })),
    })),
    rounds,
  });
  for (const batch of inBatches(request, files)) {
    const outcome = await request.laboratory.experiment(
      planFor(
        request,
        batch.flatMap(({ item: { tests } }) => tests.flatMap(({ mutants }) => mutants.map(({ range }) => range))),
        batch.map(({ item: { testFile, text } }) => [testFile, text]),
      ),
      {
        script: shippedFile('dist', 'hot', 'prover.js'),
        each: batch.map(({ item, runs }) => ({ testFile: runs, input: input(item) })),
        stallMs: STALL_MS,
        totalMs: request.dryRunMinutes * 60_000,
        isFollowed: false,
      },
      {
        signal: context.signal,
        report: (event) => {
          if (event.kind === 'log') return context.report(event);
          const { testFile } = batch.find(({ runs }) => runs === event.testFile)?.item ?? event;
          if (event.kind === 'found') context.report({ testFile, proof: event.finding as Proof });
          else context.report({ kind: 'log', line: `${testFile}: ${event.why}` });
        },
      },
    );
    if (outcome.status === 'failed') return outcome.failure;
  }
  return undefined;
}
