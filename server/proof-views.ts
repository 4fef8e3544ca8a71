import {
  describeCoverage,
  isNarrowed,
  type Proof,
  type ProofPoint,
  type ProvenRun,
  type RanTest,
  type RunningTest,
  STOPPED,
  shellLine,
} from '../engine/verification/index.ts';
import { toUri } from './convert.ts';
import type { Places } from './places.ts';
import type { ProofDetail, ProofSummary, ProvenCommand, ProvenTest, ProvenTests, ShownFailure, ShownPlace, ShownProblem } from './protocol.ts';

/** How many problems, and how many failures, are told of one proof: its log has them all. */
const TOLD = 2000;

/** A proof without its lists. */
export function summarize(proof: Proof): ProofSummary {
  const { id, rung, verdict, summary, notes, at, durationMs, tools, git, changedFiles, problems, tests, coverage, mutation, load } = proof;
  const count = (severity: string) => problems.filter((one) => one.severity === severity).length;
  return {
    ...{ id, rung, verdict, summary, at, durationMs },
    notes: [...notes],
    tools: [...tools],
    changedFiles: [...changedFiles],
    commands: proof.runs.map((run) => describeRun(run, proof.directory)),
    git: git ?? null,
    errors: count('error'),
    warnings: count('warning'),
    counts: tests?.counts ?? null,
    coverage: coverage ? describeCoverage(coverage.counts) : null,
    mutation: mutation ?? null,
    load: load ? { users: load.users, throughput: load.throughput, p95: load.p95, url: load.url } : null,
    hasEvidence: true,
  };
}

/** What is left of a proof whose evidence is gone. */
export function summarizePoint({ numbers, ...point }: ProofPoint): ProofSummary {
  return {
    ...point,
    ...{
      notes: [],
      tools: [],
      changedFiles: [],
      commands: [],
      git: null,
      counts: null,
      coverage: null,
      mutation: null,
      load: null,
      hasEvidence: false,
    },
    errors: numbers['errors'] ?? 0,
    warnings: numbers['warnings'] ?? 0,
  };
}

/** A proof with what it found; `log` is the absolute path of its log. */
export async function describeProof(proof: Proof, log: string, places: Places): Promise<ProofDetail> {
  const { tests = [], broken = [], flaky = [], running = [] } = proof.tests ?? {};
  const isFlaky = new Set(flaky.map(keyOf));
  const failed = tests.filter(({ state }) => state === 'failed').sort((a, b) => Number(isFlaky.has(keyOf(a))) - Number(isFlaky.has(keyOf(b))));
  return {
    summary: summarize(proof),
    log: toUri(log),
    environment: Object.entries(proof.environment).map(([name, value]) => `${name}=${value}`),
    problems: await Promise.all(proof.problems.slice(0, TOLD).map((problem) => describeProblem(problem, places))),
    failures: await Promise.all([
      ...broken.slice(0, TOLD).map((one) => describeBroken(one, places)),
      ...running.slice(0, TOLD).map((test) => describeUnended(test, places)),
      ...failed.slice(0, TOLD).map((test) => describeFailure(test, isFlaky.has(keyOf(test)), places)),
    ]),
  };
}

/** All tests of a proof. */
export async function describeTests(project: string, { id, tests }: Proof, places: Places): Promise<ProvenTests> {
  const isFlaky = new Set((tests?.flaky ?? []).map(keyOf));
  return {
    project,
    proof: id,
    tests: await Promise.all((tests?.tests ?? []).map((test) => describeTest(test, isFlaky.has(keyOf(test)), places))),
    broken: (tests?.broken ?? []).map(({ file, message }) => ({ uri: file === undefined ? null : toUri(file), message })),
  };
}

/** What tells a test from the others of a proof. */
export function keyOf({ framework, file, title, id }: RanTest): string {
  return JSON.stringify([framework, file, id ?? title]);
}

/** Where a failure points to: its own place, else that of the test. */
export async function placeOfFailure(test: RanTest, places: Places): Promise<ShownPlace | null> {
  const { failure } = test;
  return failure?.file && failure.position ? places.of(failure.file, failure.position) : places.ofTest(test);
}

function describeRun({ command, durationMs, code, signal, stopped, peakMemory }: ProvenRun, directory: string): ProvenCommand {
  const how = signal ? `ended by ${signal}` : code === null ? 'could not be started' : `exit status ${code}`;
  const line = `${shellLine(command, directory)}${isNarrowed(command) ? ', just some of the tests' : ''}`;
  return { line, durationMs, peakMemory, ending: stopped ? STOPPED[stopped] : how };
}

async function describeProblem({ severity, tool, code, message, file, range }: Proof['problems'][number], places: Places): Promise<ShownProblem> {
  const at = file === undefined ? null : range ? await places.of(file, range.start) : await places.top(file);
  return { severity, tool, message, code: code ?? null, at };
}

async function describeBroken(broken: NonNullable<Proof['tests']>['broken'][number], places: Places): Promise<ShownFailure> {
  const { framework, file, position, message } = broken;
  const at = file === undefined ? null : position ? await places.of(file, position) : await places.top(file);
  return { ...NO_TEST, kind: 'broken', framework, message, title: [], at };
}

async function describeUnended({ framework, file, title }: RunningTest, places: Places): Promise<ShownFailure> {
  const at = file === undefined ? null : await places.ofTest({ file, title });
  return { ...NO_TEST, kind: 'unended', framework, title: [...title], message: 'It had begun, and not ended when the run was over.', at };
}

async function describeFailure(test: RanTest, isFlaky: boolean, places: Places): Promise<ShownFailure> {
  const { framework, title, failure, durationMs } = test;
  return {
    kind: isFlaky ? 'flaky' : 'failed',
    framework,
    title: [...title],
    message: failure?.message ?? '',
    expected: failure?.expected ?? null,
    actual: failure?.actual ?? null,
    durationMs: durationMs ?? null,
    at: await placeOfFailure(test, places),
  };
}

async function describeTest(test: RanTest, flaky: boolean, places: Places): Promise<ProvenTest> {
  const { title, state, durationMs, failure } = test;
  const own = await places.ofTest(test);
  const at = failure?.file && failure.position ? await places.of(failure.file, failure.position) : own;
  return {
    uri: own?.uri ?? null,
    title: [...title],
    state,
    flaky,
    range: own && { start: own.position, end: own.position },
    durationMs: durationMs ?? null,
    failure: failure
      ? {
          message: failure.message,
          expected: failure.expected ?? null,
          actual: failure.actual ?? null,
          uri: at?.uri ?? null,
          position: at?.position ?? null,
        }
      : null,
  };
}

const NO_TEST = { expected: null, actual: null, durationMs: null } as const;
