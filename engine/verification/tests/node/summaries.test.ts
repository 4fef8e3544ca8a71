import assert from 'node:assert/strict';
import { Gathering } from '../gathering.ts';
import { NodeSummaries } from './summaries.ts';

/** What is said, and which numbers of which framework are understood of it: passed, failed, skipped, todo. */
const CASES: { name: string; lines: string[]; framework?: string; counts?: [number, number, number, number] }[] = [
  {
    name: 'Jest',
    lines: ['Test Suites: 1 failed, 1 passed, 2 total', 'Tests:       1 failed, 2 skipped, 4 todo, 3 passed, 10 total', 'Snapshots:   0 total'],
    framework: 'jest',
    counts: [3, 1, 2, 4],
  },
  {
    name: 'Jest in two packages',
    lines: ['Tests:       3 passed, 3 total', 'Tests:       2 passed, 2 total'],
    framework: 'jest',
    counts: [5, 0, 0, 0],
  },
  { name: 'Jest without a test', lines: ['Tests:       0 total'], framework: 'jest', counts: [0, 0, 0, 0] },
  {
    name: 'Vitest',
    lines: [' Test Files  1 failed | 1 passed (2)', '      Tests  1 failed | 3 passed | 1 expected fail | 1 skipped | 2 todo (8)'],
    framework: 'vitest',
    counts: [4, 1, 1, 2],
  },
  { name: 'Mocha', lines: ['  12 passing (1s)', '  1 pending', '  2 failing'], framework: 'mocha', counts: [12, 2, 1, 0] },
  {
    name: "Node's own runner",
    lines: ['ℹ tests 6', 'ℹ suites 0', 'ℹ pass 2', 'ℹ fail 1', 'ℹ cancelled 1', 'ℹ skipped 1', 'ℹ todo 1', 'ℹ duration_ms 95.1'],
    framework: 'node:test',
    counts: [2, 2, 1, 1],
  },
  { name: "tape, which is not Node's own runner", lines: ['# tests 2', '# pass 2', '# fail 0'] },
  { name: 'what only speaks of tests', lines: ['Tests: 3 passed', '3 passing', 'all 12 tests passed', '     12 passing (1s)', 'Tests:       none'] },
];

describe('what frameworks of Node say at their end', () => {
  for (const { name, lines, framework, counts } of CASES)
    it(name, () => {
      const told = new Gathering();
      const summaries = new NodeSummaries((event) => told.add(event));
      for (const line of lines) summaries.hear('stdout', line);
      assert.deepEqual([...told.frameworks], framework === undefined ? [] : [framework]);
      const { passed, failed, skipped, todo } = told.report().unnamed;
      assert.deepEqual([passed, failed, skipped, todo], counts ?? [0, 0, 0, 0]);
    });
});
