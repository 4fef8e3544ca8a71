import assert from 'node:assert/strict';
import { Gathering } from '../gathering.ts';
import { OtherSummaries } from './other-summaries.ts';

/** What is said, and which numbers of which framework are understood of it: passed, failed, skipped, todo. */
const CASES: { name: string; lines: string[]; framework?: string; counts?: [number, number, number, number] }[] = [
  {
    name: 'AVA',
    lines: ['  ✔ a', '  ✔ b', '  ─', '', '  2 tests passed', '  1 known failure', '  1 test skipped', '  1 test todo'],
    framework: 'ava',
    counts: [3, 0, 1, 1],
  },
  {
    name: 'AVA with a failure',
    lines: ['  ✔ a', '  ✘ [fail]: b', '  ✔ c', '  ✔ [expected fail] d', '  ─', '', '  1 test failed', '  1 known failure'],
    framework: 'ava',
    counts: [3, 1, 0, 0],
  },
  {
    name: 'AVA in two packages, of which one fails',
    lines: ['  ✔ a', '  ✔ b', '  ─', '', '  2 tests passed', '', '  ✔ c', '  ✘ [fail]: d', '  ─', '', '  1 test failed'],
    framework: 'ava',
    counts: [3, 1, 0, 0],
  },
  { name: 'a text like AVA’s without its rule', lines: ['  2 tests passed'] },
  { name: 'tape', lines: ['1..5', '# tests 5', '# pass  4', '# fail  1'], framework: 'tape', counts: [4, 1, 0, 0] },
  { name: "Node's own runner, which is no tape", lines: ['# tests 5', '# suites 0', '# pass 5', '# fail 0'] },
  { name: 'uvu', lines: ['  Total:     12', '  Passed:    11', '  Skipped:   2', '  Duration:  1.21ms'], framework: 'uvu', counts: [11, 1, 2, 0] },
  { name: 'Jasmine', lines: ['12 specs, 1 failure, 2 pending specs'], framework: 'jasmine', counts: [9, 1, 2, 0] },
  { name: 'Jasmine with one spec', lines: ['1 spec, 0 failures'], framework: 'jasmine', counts: [1, 0, 0, 0] },
  {
    name: 'Karma',
    lines: [
      'Chrome Headless 156.0.0.0 (Linux 0.0.0): Executed 1 of 4 SUCCESS (0 secs / 0.063 secs)',
      'Chrome Headless 156.0.0.0 (Linux 0.0.0): Executed 3 of 4 (1 FAILED) (skipped 1) (0.348 secs / 0.076 secs)',
      'TOTAL: 1 FAILED, 2 SUCCESS',
    ],
    framework: 'karma',
    counts: [2, 1, 1, 0],
  },
  { name: 'Karma where all pass', lines: ['TOTAL: 12 SUCCESS'], framework: 'karma', counts: [12, 0, 0, 0] },
  {
    name: 'Playwright',
    lines: ['  1 failed', '    a.spec.ts:3:1 › b', '  1 flaky', '  2 skipped', '  3 passed (1.2s)'],
    framework: 'playwright',
    counts: [4, 1, 2, 0],
  },
  {
    name: 'Bun in two packages',
    lines: [
      ' 3 pass',
      ' 1 fail',
      ' 4 expect() calls',
      'Ran 4 tests across 2 files. [35.00ms]',
      ' 2 pass',
      ' 1 skip',
      ' 1 todo',
      ' 0 fail',
      'Ran 4 tests across 1 file. [5.00ms]',
    ],
    framework: 'bun test',
    counts: [5, 1, 1, 1],
  },
  { name: 'Bun that did not come to its end', lines: [' 3 pass', ' 1 fail'] },
];

describe('what frameworks without a reporter of ours say at their end', () => {
  for (const { name, lines, framework, counts } of CASES) {
    it(name, () => {
      const told = new Gathering();
      const listener = new OtherSummaries((event) => told.add(event));
      for (const line of lines) assert.equal(listener.hear('stdout', line), line);
      listener.end();
      assert.deepEqual([...told.frameworks], framework === undefined ? [] : [framework]);
      const [passed = 0, failed = 0, skipped = 0, todo = 0] = counts ?? [];
      assert.deepEqual(told.report().unnamed, { passed, failed, skipped, todo });
    });
  }
});
