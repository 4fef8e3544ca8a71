import type { Failure, JobContext } from '../../model/index.ts';
import { findNode, type NodeRuntime, type NodeSearch } from '../../process/index.ts';
import { languageOf, SyntaxTree } from '../../syntax/index.ts';
import type { TestPackage } from '../../workspace/index.ts';
import type { TestCase, Verdict } from '../model.ts';
import { applyMutant } from './apply.ts';
import { agrees, expectsFailure, timeLimit } from './compare.ts';
import { openStand, type PlainRun, type Stand } from './stand.ts';

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

/** What verification found out about one verdict. */
export interface Check {
  verdict: Verdict;
  /** `inconclusive`: the plain command said the one thing, then the other. `not-applied`: the mutant could not be written into the text, see `why`. */
  result: 'right' | 'wrong' | 'inconclusive' | 'not-applied';
  /** The plain commands that ran for it; of one that was run again, both. */
  runs: PlainRun[];
  why?: string;
}

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
    return { status: 'failed', failure: notCopied(error as NodeJS.ErrnoException, request), checks };
  }
}

async function verifyOn(
  node: NodeRuntime,
  request: VerifyRequest,
  checks: Check[],
  { signal, report }: JobContext<VerifyEvent>,
): Promise<VerifyOutcome> {
  const files = [...new Set(request.verdicts.map(({ file }) => file))];
  const stands: Stand[] = [];
  const fresh = async () => {
    const stand = await openStand(request.package, node, files);
    stands.push(stand);
    return stand;
  };
  try {
    const first = await fresh();
    report({ kind: 'unmutated' });
    const unmutated = await first.run(Math.ceil(request.dryRunMinutes * 60_000), signal);
    if (!unmutated) return { status: signal.aborted ? 'cancelled' : 'failed', checks, ...(!signal.aborted && { failure: notFound(request) }) };
    if (unmutated.outcome !== 'passed') return { status: 'failed', failure: doesNotPass(unmutated, request), checks, unmutated };

    const limit = timeLimit(unmutated.durationMs);
    const left = [...request.verdicts];
    const passesAlone = new Map<string, Promise<boolean>>();
    const work = async (start: Stand | undefined) => {
      let stand = start ?? (await fresh());
      let here: Check[] = [];
      // What tests left behind in a copy may make them fail there for ever: then no failure in it says anything.
      const leave = async () => {
        const doubtful = here.filter(({ verdict }) => expectsFailure(verdict.status));
        here = [];
        const last = doubtful.length > 0 ? await stand.run(limit, signal) : undefined;
        if (last && last.outcome !== 'passed') for (const check of doubtful) Object.assign(check, SPOILT);
      };
      for (let verdict = left.shift(); verdict && !signal.aborted; verdict = left.shift()) {
        const one = { verdict, limit, signal, testFile: killingFile(verdict, request.tests), passesAlone };
        let check = await tryOnce(stand, one);
        if (check?.result === 'wrong') {
          await leave();
          await stand.close();
          stand = await fresh();
          check = await tryAgain(stand, one, check);
        }
        if (!check) return;
        checks.push(check);
        here.push(check);
        report({ kind: 'checked', check });
      }
      await leave();
    };
    await Promise.all(Array.from({ length: Math.min(request.concurrency, left.length) }, (_, i) => work(i === 0 ? first : undefined)));
    return { status: signal.aborted ? 'cancelled' : 'done', checks, unmutated };
  } finally {
    await Promise.all(stands.map((stand) => stand.close()));
  }
}

const SPOILT = { result: 'inconclusive', why: 'afterwards the tests failed in that copy without a mutant too' } as const;

interface One {
  verdict: Verdict;
  limit: number;
  signal: AbortSignal;
  /** The file of the test that noticed the mutant, where there is one that the framework tells. */
  testFile: string | undefined;
  /** Which test files pass when they run alone without a mutant: only then do they say anything with one. */
  passesAlone: Map<string, Promise<boolean>>;
}

async function tryOnce(stand: Stand, one: One): Promise<Check | undefined> {
  const { verdict, limit, signal, testFile, passesAlone } = one;
  const text = stand.texts.get(verdict.file) ?? '';
  const mutated = applyMutant(text, verdict);
  const why = mutated === undefined ? 'the file has changed since' : await whyNotParsed(verdict.file, text, mutated);
  if (mutated === undefined || why) return { verdict, result: 'not-applied', runs: [], ...(why && { why }) };
  if (testFile && expectsFailure(verdict.status)) {
    const alone = passesAlone.get(testFile) ?? stand.run(limit, signal, [testFile]).then((run) => run?.outcome === 'passed');
    passesAlone.set(testFile, alone);
    const run = (await alone) ? await stand.withText(verdict.file, mutated, () => stand.run(limit, signal, [testFile])) : undefined;
    if (run && agrees(verdict.status, run.outcome)) return { verdict, result: 'right', runs: [run] };
  }
  const run = await stand.withText(verdict.file, mutated, () => stand.run(limit, signal));
  return run && { verdict, result: agrees(verdict.status, run.outcome) ? 'right' : 'wrong', runs: [run] };
}

async function tryAgain(stand: Stand, { verdict, limit, signal }: One, before: Check): Promise<Check | undefined> {
  const mutated = applyMutant(stand.texts.get(verdict.file) ?? '', verdict);
  if (mutated === undefined) return { verdict, result: 'not-applied', runs: before.runs, why: 'the file has changed since' };
  const run = await stand.withText(verdict.file, mutated, () => stand.run(limit, signal));
  return run && { verdict, result: agrees(verdict.status, run.outcome) ? 'inconclusive' : 'wrong', runs: [...before.runs, run] };
}

async function whyNotParsed(file: string, text: string, mutated: string): Promise<string | undefined> {
  const language = languageOf(file);
  if (!language) return undefined;
  const broken = async (source: string) => {
    const tree = await SyntaxTree.parse(language, source);
    const { hasError } = tree.tree.rootNode;
    tree.dispose();
    return hasError;
  };
  return (await broken(mutated)) && !(await broken(text)) ? 'the text with it is no program' : undefined;
}

function killingFile({ killedBy }: Verdict, tests: readonly TestCase[]): string | undefined {
  return killedBy.map((index) => tests[index]?.file).find((file) => file !== undefined);
}

function notFound({ package: pkg }: VerifyRequest): Failure {
  const { name } = pkg.framework;
  return {
    code: 'framework-not-installed',
    message: `Nothing could be verified: the package ${name} in node_modules names no command "${name}".`,
    action: "Install the project's dependencies again, then run again.",
  };
}

function notCopied(error: NodeJS.ErrnoException, { package: pkg }: VerifyRequest): Failure {
  const full = error.code === 'ENOSPC';
  return {
    code: full ? 'disk-full' : 'executor-crashed',
    message: `Nothing more could be verified: ${full ? 'the disk is full' : `${pkg.name} could not be copied (${error.message})`}.`,
    action: full ? 'Free some space in the temporary folder, then run again.' : 'Run again; report it if it happens again.',
    ...(error.stack && { detail: error.stack }),
  };
}

function doesNotPass(run: PlainRun, { package: pkg, dryRunMinutes }: VerifyRequest): Failure {
  const late = run.outcome === 'timed-out';
  return {
    code: late ? 'tests-timed-out' : 'tests-failed',
    message: `Nothing could be verified: \`${run.command}\` ${late ? `does not end within ${dryRunMinutes} min` : 'fails'} in a copy of ${pkg.name} without any mutant.`,
    action: 'Run that command yourself in the package and make it pass; it is what the test script runs, without coverage and watching.',
    detail: run.tail.join('\n'),
  };
}
