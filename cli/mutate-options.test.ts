import assert from 'node:assert/strict';
import { MUTATE_HELP, parseMutateOptions } from './mutate-options.ts';

const none = { paths: [], outputs: [], dryRunMinutes: 5, all: false, help: false, extreme: false, reference: false };

/** Arguments, and the options that they give beside the defaults, or the words of the error. */
const CASES: [args: string, expected: object | RegExp][] = [
  ['', {}],
  ['src a.ts', { paths: ['src', 'a.ts'] }],
  ['-- --a.ts', { paths: ['--a.ts'] }],
  ['--json out.json', { outputs: [{ format: 'json', file: 'out.json' }] }],
  ['--json=- src', { paths: ['src'], outputs: [{ format: 'json', file: '-' }] }],
  ['--json -', { outputs: [{ format: 'json', file: '-' }] }],
  [
    '--markdown m --sarif s --html h --json j',
    {
      outputs: [
        { format: 'json', file: 'j' },
        { format: 'html', file: 'h' },
        { format: 'sarif', file: 's' },
        { format: 'markdown', file: 'm' },
      ],
    },
  ],
  ['--break-below 80', { breakBelow: 80 }],
  ['--break-below 0', { breakBelow: 0 }],
  ['--break-below 99.5', { breakBelow: 99.5 }],
  ['--concurrency 4', { concurrency: 4 }],
  ['--since origin/main', { since: 'origin/main' }],
  ['--node /n', { node: '/n' }],
  ['--dry-run-minutes 0.5', { dryRunMinutes: 0.5 }],
  ['--all src', { all: true, paths: ['src'] }],
  ['--verify 100', { verify: { count: 100 } }],
  ['--verify 5 --verify-seed 0', { verify: { count: 5, seed: 0 } }],
  ['--extreme src', { extreme: true, paths: ['src'] }],
  ['--reference', { reference: true }],
  ['--help', { help: true }],
  ['-h', { help: true }],
  ['--json - --html -', /Only one report can go to standard output/],
  ['--break-below 101', /--break-below takes a score from 0 to 100, not "101"/],
  ['--break-below=-1', /not "-1"/],
  ['--break-below abc', /not "abc"/],
  ['--break-below=', /not ""/],
  ['--extreme --break-below 80', /--break-below needs the mutation score, which --extreme does not tell/],
  ['--break-below NaN', /not "NaN"/],
  ['--concurrency 0', /--concurrency takes a whole number from 1, not "0"/],
  ['--concurrency 1.5', /not "1.5"/],
  ['--concurrency Infinity', /not "Infinity"/],
  ['--dry-run-minutes 0', /--dry-run-minutes takes a number of minutes, not "0"/],
  ['--verify 0', /--verify takes how many verdicts to check, a whole number from 1, not "0"/],
  ['--verify 1 --verify-seed 4294967296', /--verify-seed takes a whole number from 0 to 4294967295, not "4294967296"/],
  ['--verify-seed 1', /--verify-seed needs --verify N/],
  ['--json', /--json/],
  ['--unknown', /--unknown/],
  ['--help=yes', /--help/],
];

describe('the options of assay mutate', () => {
  for (const [args, expected] of CASES) {
    it(args || '(none)', () => {
      const parsed = parseMutateOptions(args.split(' ').filter(Boolean));
      if (expected instanceof RegExp) assert.match('error' in parsed ? parsed.error : JSON.stringify(parsed), expected);
      else assert.deepEqual(parsed, { options: { ...none, ...expected } });
    });
  }

  it('are all in the help', () => {
    const told = new Set([...MUTATE_HELP.matchAll(/^ {2}(--[\w-]+)/gm)].map(([, option]) => option));
    assert.ok(told.size > 0);
    for (const option of told) {
      const parsed = parseMutateOptions([option as string, '1', '--verify', '1']);
      assert.ok('options' in parsed, JSON.stringify(parsed));
    }
    const used = new Set(
      CASES.flatMap(([args, expected]) => (expected instanceof RegExp ? [] : [...args.matchAll(/--[a-z][\w-]+/g)].map(([option]) => option))),
    );
    for (const option of ['--help', '--a']) used.delete(option);
    assert.deepEqual([...told].sort(), [...used].sort());
  });
});
