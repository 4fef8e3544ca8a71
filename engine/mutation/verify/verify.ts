import type { Failure, JobContext } from '../../model/index.ts';
import { findNode, type NodeRuntime, type NodeSearch } from '../../process/index.ts';
import type { TestPackage } from '../../workspace/index.ts';
import type { TestCase, Verdict } from '../model.ts';
import type { Check } from './check.ts';
import { argumentsToPass } from './commands/index.ts';
import { timeLimit } from './compare.ts';
import { doesNotPass, notCopied, notFound } from './failures.ts';
import { openStand, type PlainRun, type Stand } from './stand.ts';
import { work } from './work.ts';

/** Which verdicts of one package to verify, and with what. */
export interface VerifyRequest {
  package: TestPackage;
  verdicts: readonly Verdict[];
  /** The tests that the verdicts speak of by their index. */
  tests: readonly TestCase[];
  node: Omit<NodeSearch, 'directory'>;
  /** How many mutants are tried at once, each in a copy of its own. */
  concurrency: number;
  /** How long the tests may take to run once without a mutant, minutes. */
  dryRunMinutes: number;
}

/** What verification says while it works: that it runs the command without a mutant, and each verdict that it is done with. */
export type VerifyEvent = { kind: 'unmutated' } | { kind: 'checked'; check: Check };

/** How a verification ended. Checks that were made before it ended stand in each case. */
export interface VerifyOutcome {
  status: 'done' | 'cancelled' | 'failed';
  failure?: Failure;
  checks: Check[];
  /** The command without a mutant, where it was run. */
  unmutated?: PlainRun;
}

/**
 * Checks verdicts against what the package's own test command says, without anything of what judged them: writes each mutant into a copy of the
 * package and runs the command there. A verdict that it contradicts is tried once more, in a fresh copy, before it is called wrong.
 */
export async function verify(request: VerifyRequest, context: JobContext<VerifyEvent>): Promise<VerifyOutcome> {
  const node = await findNode({ ...request.node, directory: request.package.directory });
  if (!node.ok) return { status: 'failed', failure: node.failure, checks: [] };
  const checks: Check[] = [];
  try {
    return await verifyOn(node.value, request, checks, context);
  } catch (error) {
    // What the system refuses is a reason; anything else is a defect.
    if ((error as NodeJS.ErrnoException).syscall === undefined) throw error;
    return { status: 'failed', failure: notCopied(error as NodeJS.ErrnoException, request.package), checks };
  }
}

async function verifyOn(
  node: NodeRuntime,
  request: VerifyRequest,
  checks: Check[],
  { signal, report }: JobContext<VerifyEvent>,
): Promise<VerifyOutcome> {
  const files = [...new Set(request.verdicts.map(({ file }) => file))];
  const added: string[] = [];
  const stands: Stand[] = [];
  const fresh = async () => {
    const stand = await openStand({ package: request.package, node, files, added });
    stands.push(stand);
    return stand;
  };
  try {
    const first = await fresh();
    report({ kind: 'unmutated' });
    const runOnce = () => first.run(Math.ceil(request.dryRunMinutes * 60_000), signal);
    let unmutated = await runOnce();
    if (unmutated?.outcome === 'failed') added.push(...argumentsToPass(request.package.framework.name, unmutated.tail));
    if (added.length > 0) unmutated = await runOnce();
    if (!unmutated)
      return { status: signal.aborted ? 'cancelled' : 'failed', checks, ...(!signal.aborted && { failure: notFound(request.package) }) };
    if (unmutated.outcome !== 'passed')
      return { status: 'failed', failure: doesNotPass(unmutated, request.package, request.dryRunMinutes), checks, unmutated };

    const shared = { left: [...request.verdicts], tests: request.tests, limit: timeLimit(unmutated.durationMs), signal, passesAlone: new Map() };
    const take = (check: Check) => {
      checks.push(check);
      report({ kind: 'checked', check });
    };
    const workers = Array.from({ length: Math.min(request.concurrency, request.verdicts.length) }, async (_, i) =>
      work(i === 0 ? first : await fresh(), fresh, shared, take),
    );
    await Promise.all(workers);
    return { status: signal.aborted ? 'cancelled' : 'done', checks, unmutated };
  } finally {
    await Promise.all(stands.map((stand) => stand.close()));
  }
}
