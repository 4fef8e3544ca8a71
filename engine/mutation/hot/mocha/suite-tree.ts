import { shuffle } from '../../../model/index.ts';
import { type FoundTest, keyIn } from '../jobs.ts';
import type { Suite, Test } from './mocha-types.ts';

/** The tests of a loaded tree in their order, with what they are known by: also by their file where `several` are loaded. */
export function foundTests(root: Suite, several = false): Map<Test, FoundTest> {
  const tests = new Map<Test, FoundTest>();
  const seen = new Map<string, number>();
  for (const test of below(root)) {
    const title = test.titlePath().join(' > ');
    const path = several ? keyIn(test.file ?? '', title) : title;
    const count = seen.get(path) ?? 0;
    seen.set(path, count + 1);
    tests.set(test, { key: count === 0 ? path : `${path} #${count}`, name: test.fullTitle(), ...(test.file !== undefined && { file: test.file }) });
  }
  return tests;
}

/** Applies the marks `only`, once and for all. */
export function applyOnly(suite: Suite): void {
  if (suite.hasOnly()) suite.filterOnly();
  forgetOnly(suite);
}

/** Takes all tests out of the tree that are not wanted. */
export function select(suite: Suite, wanted: (test: Test) => boolean): void {
  suite.tests = suite.tests.filter(wanted);
  for (const one of suite.suites) select(one, wanted);
}

/** Puts the tests and suites of each suite in another order. */
export function shuffleTests(suite: Suite, seed: number): void {
  suite.tests = shuffle(suite.tests, seed);
  suite.suites = shuffle(suite.suites, seed);
  for (const one of suite.suites) shuffleTests(one, seed);
}

/** The suites around a test, the outermost first. */
export function suitesAround(test: Test): Suite[] {
  const suites: Suite[] = [];
  for (let suite: Suite | undefined = test.parent; suite; suite = suite.parent) suites.unshift(suite);
  return suites;
}

function forgetOnly(suite: Suite): void {
  suite._onlyTests = [];
  suite._onlySuites = [];
  for (const one of suite.suites) forgetOnly(one);
}

function* below(suite: Suite): Generator<Test> {
  yield* suite.tests;
  for (const one of suite.suites) yield* below(one);
}
