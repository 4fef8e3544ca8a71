import { shuffle } from '../../../model/index.ts';
import type { FoundTest } from '../jobs.ts';
import type { CircusState, CircusSuite, CircusTest } from './jest-types.ts';

/** Every suite and test below a suite, in their order. */
export function* below(suite: CircusSuite): Generator<CircusSuite | CircusTest> {
  for (const child of suite.children) {
    yield child;
    if (child.type === 'describeBlock') yield* below(child);
  }
}

/** The tests of a file with what they are known by. Tests of one name are told apart by their order. */
export function foundTests(root: CircusSuite): Map<CircusTest, FoundTest> {
  const tests = new Map<CircusTest, FoundTest>();
  const seen = new Map<string, number>();
  for (const child of below(root)) {
    if (child.type !== 'test') continue;
    const names = [child.name];
    for (let suite: CircusSuite | undefined = child.parent; suite && suite !== root; suite = suite.parent) names.unshift(suite.name);
    const path = names.join(' > ');
    const count = seen.get(path) ?? 0;
    seen.set(path, count + 1);
    tests.set(child, { key: count === 0 ? path : `${path} #${count}`, name: names.join(' ') });
  }
  return tests;
}

/** Puts the tests and suites of each suite in another order. */
export function shuffleTests(suite: CircusSuite, seed: number): void {
  suite.children.splice(0, suite.children.length, ...shuffle(suite.children, seed));
  for (const child of suite.children) if (child.type === 'describeBlock') shuffleTests(child, seed);
}

/** Whether circus leaves a test out, as far as marks say. */
export function isLeftOut({ mode }: CircusTest, { hasFocusedTests }: CircusState): boolean {
  return mode === 'skip' || mode === 'todo' || (hasFocusedTests && mode === undefined);
}

/** Whether whole suites are run again when a test in them fails. */
export function hasRetriedSuite({ rootDescribeBlock: root, describeRetryOptions: options }: CircusState): boolean {
  if (!options) return false;
  return options.has(root) || [...below(root)].some((child) => child.type === 'describeBlock' && options.has(child));
}

/** The message of one of a test's errors, whatever was thrown. */
export function messageOf(error: unknown): string {
  const thrown = Array.isArray(error) ? (error[0] ?? error[1]) : error;
  const message = (thrown as { message?: unknown } | undefined | null)?.message;
  return typeof message === 'string' && message ? message : String(thrown);
}
