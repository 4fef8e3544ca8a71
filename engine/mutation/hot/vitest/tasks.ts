import { shuffle } from '../../../model/index.ts';
import type { FoundTest, RanTest } from '../jobs.ts';
import type { SuiteTask, Task, TestTask } from './vitest-types.ts';

/** Every task below a suite, in their order. */
export function* below(suite: SuiteTask): Generator<Task> {
  for (const task of suite.tasks) {
    yield task;
    if (task.type === 'suite') yield* below(task as SuiteTask);
  }
}

/** The tests of a file with what they are known by. Tests of one name are told apart by their order. */
export function foundTests(file: SuiteTask): Map<TestTask, FoundTest> {
  const tests = new Map<TestTask, FoundTest>();
  const seen = new Map<string, number>();
  for (const task of below(file)) {
    if (task.type === 'suite') continue;
    const names = [task.name];
    for (let suite = task.suite; suite && suite !== file && suite.name; suite = suite.suite) names.unshift(suite.name);
    const path = names.join(' > ');
    const count = seen.get(path) ?? 0;
    seen.set(path, count + 1);
    tests.set(task as TestTask, { key: count === 0 ? path : `${path} #${count}`, name: path });
  }
  return tests;
}

/** Lets only tests run that are wanted, and suites only that hold one. */
export function select(suite: SuiteTask, wanted: (test: TestTask) => boolean): boolean {
  let any = false;
  for (const task of suite.tasks) {
    const runs = task.type === 'suite' ? select(task as SuiteTask, wanted) : wanted(task as TestTask);
    if (!runs && task.mode !== 'todo') task.mode = 'skip';
    any ||= runs && task.mode !== 'skip';
  }
  return any;
}

/** Puts the tests and suites of each suite in another order. */
export function shuffleTasks(suite: SuiteTask, seed: number): void {
  suite.tasks = shuffle(suite.tasks, seed);
  for (const task of suite.tasks) if (task.type === 'suite') shuffleTasks(task as SuiteTask, seed);
}

/** What became of a test that Vitest ran. */
export function ranTest(found: FoundTest, { mode, result }: TestTask): RanTest {
  const state = result?.state === 'fail' ? 'failed' : mode === 'run' || mode === 'queued' ? 'passed' : 'skipped';
  const error = result?.errors?.[0];
  return {
    ...found,
    state: result?.pending ? 'skipped' : state,
    durationMs: result?.duration ?? 0,
    ...(state === 'failed' && { message: messageOf(error) }),
  };
}

/** An error's message, whatever was thrown. */
export function messageOf(error: unknown): string {
  const message = (error as { message?: unknown } | undefined)?.message;
  return typeof message === 'string' && message ? message : String(error);
}
