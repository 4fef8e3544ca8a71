import assert from 'node:assert/strict';
import type { RunExit } from './endings.ts';
import type { RanTest, TestReport, TestState } from './model.ts';
import { judge, tally } from './test-rung.ts';

const OPTIONS = { time: 180_000, memory: 4e9, environment: [], offline: false, programFolders: [] };
const COMMAND = { argv: ['npm', 'test'], env: {}, cwd: '/p' };
const STATES: Record<string, TestState> = { p: 'passed', f: 'failed', s: 'skipped', t: 'todo', F: 'failed' };

/** Tests by letters (`p`assed, `f`ailed, `F`laky, `s`kipped, `t`odo, `b`roken file), how the command ended, and what it comes to. */
const CASES: [tests: string, exit: number | NonNullable<RunExit['stopped']> | 'missing' | 'none', expected: string][] = [
  ['ppp', 0, 'holds: All 3 tests pass'],
  ['p', 0, 'holds: The only test passes'],
  ['ppss', 0, 'holds: All 2 tests pass, 2 skipped'],
  ['ppst', 0, 'holds: All 2 tests pass, 1 skipped, 1 to be written'],
  ['ppf', 1, 'fails: 2 of 3 tests pass'],
  ['pf', 0, 'fails: 1 of 2 tests pass'],
  ['ppF', 1, 'inconclusive: 2 of 3 tests pass, 1 is flaky'],
  ['ppF', 0, 'inconclusive: 2 of 3 tests pass, 1 is flaky'],
  ['pfF', 1, 'fails: 1 of 3 tests pass, 1 is flaky'],
  ['ppb', 1, 'fails: All 2 tests pass, 1 file could not be run'],
  ['b', 1, 'fails: 1 file could not be run'],
  ['pp', 1, 'fails: All 2 tests pass, but `npm test` ended with status 1'],
  ['', 1, 'fails: `npm test` ended with status 1, and told of no test'],
  ['', 0, 'inconclusive: There are no tests'],
  ['ss', 0, 'inconclusive: No test ran: 2 skipped'],
  ['pp', 'time', 'inconclusive: All 2 tests pass, and the run did not come to its end'],
  ['pf', 'time', 'fails: 1 of 2 tests pass, and the run did not come to its end'],
  ['pf', 'cancelled', 'inconclusive: 1 of 2 tests pass, and the run did not come to its end'],
  ['', 'memory', 'inconclusive: The tests did not come to their end'],
  ['', 'none', 'inconclusive: There are no tests'],
  ['b', 'none', 'fails: 1 file could not be run'],
  ['pp', 'none', 'fails: All 2 tests pass, but `npm test` ended with status 1'],
  ['', 'missing', 'inconclusive: The tests did not come to their end'],
];

describe('what a test run comes to', () => {
  for (const [letters, exit, expected] of CASES) {
    it(`${letters || 'nothing'}, ${typeof exit === 'number' ? `status ${exit}` : exit}: ${expected}`, () => {
      const tests = [...letters].flatMap((letter, i): RanTest[] =>
        STATES[letter] ? [{ framework: 'vitest', title: [`${letter}${i}`], state: STATES[letter] }] : [],
      );
      const broken = [...letters].filter((letter) => letter === 'b').map(() => ({ framework: 'vitest', message: 'm' }));
      const report: TestReport = { tests, broken, running: [], source: 'reporter' };
      const counts = tally(
        report,
        tests.filter(({ title }) => title[0]?.startsWith('F')),
      );
      const ended = {
        code: typeof exit === 'number' ? exit : exit === 'none' ? 1 : null,
        ...(exit === 'none' ? { none: true } : exit === 'missing' ? { missing: 'pnpm' } : typeof exit === 'string' && { stopped: exit }),
      };
      const { verdict, summary } = judge(ended, { counts, command: COMMAND, report }, OPTIONS);
      assert.equal(`${verdict}: ${summary}`, expected);
    });
  }

  it('is not known where the tests are not heard', () => {
    const report: TestReport = { tests: [], broken: [], running: [], source: 'none' };
    const { verdict, summary } = judge({ code: 0 }, { counts: tally(report, []), command: COMMAND, report }, OPTIONS);
    assert.deepEqual([verdict, summary], ['inconclusive', '`npm test` ended well, but which tests ran is not known']);
  });

  it('is not known where what stands before the tests did not end well', () => {
    const report: TestReport = { tests: [], broken: [], running: [], source: 'none' };
    const found = { counts: tally(report, []), command: COMMAND, report };
    const { verdict, summary, notes } = judge({ code: 2, before: 'eslint' }, found, OPTIONS);
    assert.deepEqual([verdict, summary], ['inconclusive', '`npm test` ended with status 2 before any test began']);
    assert.match(notes?.[0] ?? '', /`eslint`/);
  });

  it('names the framework that was not heard', () => {
    const report: TestReport = { tests: [], broken: [], running: [], source: 'none' };
    const { notes } = judge({ code: 0, started: ['karma'] }, { counts: tally(report, []), command: COMMAND, report }, OPTIONS);
    assert.match(notes?.[0] ?? '', /^What karma ran was not heard/);
  });
});
