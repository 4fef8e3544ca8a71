import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { judge } from '../support/statuses.ts';
import { copyFixture, removeWorkspaces } from '../support/workspaces.ts';

/** Code and tests that are hard to call again and again, or to call at all. */
const HOSTILE = {
  'src/state.ts': `let calls = 0;
const seen = new Map<number, number>();
export const table = new Map([['one', 1], ['two', 2]]);
export function count(): number {
  calls += 1;
  return calls;
}
export function memo(n: number): number {
  const known = seen.get(n);
  if (known !== undefined) return known;
  const made = n * 2 + 1;
  seen.set(n, made);
  return made;
}
export class Registry {
  static #only: Registry | undefined;
  static get(): Registry {
    Registry.#only ??= new Registry();
    return Registry.#only;
  }
  readonly names = ['first'];
  add(name: string): number {
    if (!this.names.includes(name)) this.names.push(name);
    return this.names.length;
  }
}
`,
  'src/wild.ts': `import { writeFileSync } from 'node:fs';
export function patch(on: boolean): string {
  if (on) (Array.prototype as unknown as { zap: string }).zap = 'zap';
  const found = ([] as unknown as { zap?: string }).zap ?? 'none';
  delete (Array.prototype as unknown as { zap?: string }).zap;
  return found;
}
export function exitWhen(bad: boolean): string {
  if (bad) process.exit(3);
  return 'alive';
}
export function sum(n: number): number {
  let total = 0;
  for (let i = 0; i < n; i++) total += i;
  return total;
}
export async function drain(queue: number[]): Promise<number> {
  let taken = 0;
  while (queue.length > 0) {
    taken += queue.shift() ?? 0;
    await null;
  }
  return taken;
}
export function grow(n: number): number {
  const all: number[] = [];
  while (all.length < n) all.push(n);
  return all.length;
}
export function reject(bad: boolean): number {
  if (bad) void Promise.reject(new Error('nobody handles this'));
  return 1;
}
export function later(call: (text: string) => void): void {
  setTimeout(() => call('done'), 1000);
}
export function shape(x: number): object {
  return { x, list: [x, x + 1], name: \`n\${x}\` };
}
export function stamp(now: Date): string {
  return now.getUTCFullYear() + '-' + (now.getUTCMonth() + 1);
}
export function pick(random: () => number): string {
  return random() < 0.5 ? 'low' : 'high';
}
export function save(file: string, text: string): void {
  writeFileSync(file, text.trim());
}
`,
  'src/clock.ts': `export const zone = () => 'here';
export const label = (name: string) => (name ? name + ' ' + zone() : zone());
`,
  'src/mail.ts': `import { label } from './clock.ts';
export const subject = (name: string) => 'Re: ' + label(name);
`,
  'test/state.test.ts': `import { describe, expect, test } from 'vitest';
import { count, memo, Registry, table } from '../src/state.ts';
test('table', () => { expect(table.get('two')).toBe(2); });
test('first', () => { expect(count()).toBeGreaterThan(0); });
test('grows', () => { const before = count(); expect(count()).toBe(before + 1); });
test('memo', () => { expect(memo(3)).toBe(7); expect(memo(3)).toBe(7); });
test('memo again', () => { expect(memo(3)).toBe(7); });
describe('registry', () => {
  test('one', () => { expect(Registry.get()).toBe(Registry.get()); expect(Registry.get().names[0]).toBe('first'); });
  test('add', () => { expect(Registry.get().add('second')).toBe(2); });
});
let order = 0;
test('order 1', () => { order = count(); });
test('order 2', () => { expect(order).toBeGreaterThan(0); });
`,
  'test/wild.test.ts': `import { mkdtempSync, readFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test, vi } from 'vitest';
import { drain, exitWhen, grow, later, patch, pick, reject, save, shape, stamp, sum } from '../src/wild.ts';
test('sees no arguments of ours', () => { expect(process.execArgv.join(' ')).not.toContain('semi-space'); });
test('patch', () => { expect(patch(true)).toBe('zap'); expect(patch(false)).toBe('none'); });
test('exit', () => { expect(exitWhen(false)).toBe('alive'); });
test('sum', () => { expect(sum(5)).toBe(10); });
test('drain', async () => { expect(await drain([1, 2, 3])).toBe(6); });
test('grow', () => { expect(grow(4)).toBe(4); });
test('reject', () => { expect(reject(false)).toBe(1); });
describe('timers', () => {
  beforeEach(() => { vi.useFakeTimers(); });
  afterEach(() => { vi.useRealTimers(); });
  test('later', () => { const call = vi.fn(); later(call); vi.advanceTimersByTime(1000); expect(call).toHaveBeenCalledWith('done'); });
});
test('shape', () => {
  expect(shape(1)).toMatchSnapshot();
  expect(shape(2)).toMatchInlineSnapshot(\`
    {
      "list": [
        2,
        3,
      ],
      "name": "n2",
      "x": 2,
    }
  \`);
});
test('stamp', () => { expect(stamp(new Date(Date.UTC(2020, 4, 1)))).toBe('2020-5'); });
test.each([[0.1, 'low'], [0.9, 'high']])('pick %d', (value, expected) => { expect(pick(() => value)).toBe(expected); });
describe('files', () => {
  let folder: string;
  beforeAll(() => { folder = mkdtempSync(path.join(os.tmpdir(), 'hostile-')); });
  afterAll(() => { folder = ''; });
  test('save', () => { save(path.join(folder, 'a'), ' text '); expect(readFileSync(path.join(folder, 'a'), 'utf8')).toBe('text'); });
});
describe.concurrent('together', () => {
  test('a', async ({ expect }) => { expect(await drain([1])).toBe(1); });
  test('b', async ({ expect }) => { expect(await drain([2])).toBe(2); });
});
test.fails('known defect', () => { expect(sum(3)).toBe(4); });
let tries = 0;
test('flaky at first', { retry: 2 }, () => { tries++; expect(tries % 2).toBe(0); expect(sum(2)).toBe(1); });
`,
  'test/__snapshots__/wild.test.ts.snap': `// Vitest Snapshot v1, https://vitest.dev/guide/snapshot.html

exports[\`shape 1\`] = \`
{
  "list": [
    1,
    2,
  ],
  "name": "n1",
  "x": 1,
}
\`;
`,
  'test/mail.test.ts': `import { expect, test, vi } from 'vitest';
import { subject } from '../src/mail.ts';
vi.mock('../src/clock.ts', async (original) => ({ ...(await original<object>()), label: (name: string) => 'mocked ' + name }));
test('subject', () => { expect(subject('x')).toBe('Re: mocked x'); });
`,
  'test/clock.test.ts': `import { expect, test } from 'vitest';
import { label } from '../src/clock.ts';
test('label', () => { expect(label('a')).toBe('a here'); expect(label('')).toBe('here'); });
`,
};

/** A test file that two projects run: what one of them reaches, the other does not. */
const TWO_PROJECTS = {
  'vitest.config.ts': `import { defineConfig } from 'vitest/config';
export default defineConfig({ test: { projects: [{ test: { name: 'left', env: { SIDE: 'left' } } }, { test: { name: 'right', env: { SIDE: 'right' } } }] } });
`,
  'src/side.ts': `export function side(n: number): string {
  return process.env.SIDE === 'left' ? 'l' + (n + 1) : 'r' + (n - 1);
}
`,
  'test/side.test.ts': `import { expect, it } from 'vitest';
import { side } from '../src/side.ts';
it('has a side', () => { expect(side(3)).toBe(process.env.SIDE === 'left' ? 'l4' : 'r2'); });
`,
};

/** Tests that are made of the code that they test: some mutants leave none of them. */
const OWN_TESTS = {
  'vitest.config.ts': "export default { test: { includeSource: ['src/own.ts'] } };\n",
  'src/own.ts': `export const sides = ['left', 'right'];
if (import.meta.vitest) {
  const { expect, it } = import.meta.vitest;
  for (const side of sides) it(side, () => { expect(side).toMatch(/^(left|right)$/); });
}
`,
};

/** The first test leaves the process changed when a mutant makes it fail; the second notices nothing then. */
const LEAVING = {
  'src/place.ts': `export const root = () => process.cwd() || '/';
export const isSomewhere = () => process.cwd().length > 0;
`,
  'test/place.test.ts': `import { expect, it } from 'vitest';
import { isSomewhere, root } from '../src/place.ts';
it('is at the root', () => {
  const { cwd } = process;
  process.cwd = () => '';
  expect(root()).toBe('/');
  process.cwd = cwd;
});
it('is where the process is', () => expect(isSomewhere()).toBe(process.cwd().length > 0));
`,
};

/**
 * What cannot be told by looking at an expression alone: what a getter does, how often it is asked, and what one test leaves behind for another one in
 * which the mutant changes nothing.
 */
const WEIGHED = {
  'src/limit.ts': `let limit = 10;
export const raise = (to: number) => {
  if (to > limit) limit = to;
  return limit;
};
export class Box {
  reads = 0;
  get value() { this.reads++; return 5; }
}
export const isFull = (box: Box) => {
  if (box.value > 3) return true;
  return false;
};
export const isShort = (text: string) => {
  if (text.length < 9) return true;
  return false;
};
`,
  'test/limit.test.ts': `import { expect, it } from 'vitest';
import { Box, isFull, isShort, raise } from '../src/limit';
it('raises', () => { raise(12); });
it('keeps what is higher', () => { expect(raise(11)).toBe(12); });
it('reads once', () => { const box = new Box(); expect(isFull(box)).toBe(true); expect(box.reads).toBe(1); });
it('is short', () => { expect(isShort('abc')).toBe(true); });
`,
};

/** Constants that one file of tests reads, some only in a test after which another one notices, and one that nothing reads. */
const CONSTANTS = {
  'src/words.ts': `const WORD = /^[a-z]+$/;
const LOUD: Record<string, string> = { a: 'A' };
const NEVER = 'never';
let table: typeof LOUD | undefined;
const isSpelt = (text: string) => WORD.test(text);
export const isWord = (text: string) => isSpelt(text);
export const loud = (text: string) => {
  table ??= LOUD;
  return table[text];
};
export const never = () => NEVER;
`,
  'test/word.test.ts': `import { expect, it } from 'vitest';
import { isWord } from '../src/words.ts';
it('is a word', () => { expect(isWord('abc')).toBe(true); });
it('is none', () => { expect(isWord('1a')).toBe(false); });
`,
  'test/loud.test.ts': `import { expect, it } from 'vitest';
import { loud } from '../src/words.ts';
it('is asked', () => { loud('a'); });
it('is loud', () => { expect(loud('a')).toBe('A'); });
`,
};

describe('assay mutate on Vitest, hot', () => {
  after(removeWorkspaces);

  it('judges the mutants of constants where these are read', async () => {
    const { statuses, ran, said } = await judge(copyFixture('vitest', CONSTANTS), 'src/words.ts', '--verify', '100');
    assert.match(said, /verified \d+ of \d+: \d+ right, 0 wrong/);
    const survivors = Object.keys(statuses).filter((mutant) => statuses[mutant] === 'Survived');
    assert.deepEqual(
      survivors.map((mutant) => `${mutant}: ${ran[mutant]} tests`),
      [
        'src/words.ts:1:14-1:24 Regex /^[a-z]+/: 2 tests',
        'src/words.ts:3:15-3:22 StringLiteral "": 0 tests',
        // It is exported, and may be read anywhere.
        'src/words.ts:11:22-11:33 ArrowFunction () => undefined: 4 tests',
      ],
    );
  });

  // Vitest has a cache of its own, where it is asked for.
  for (const cache of ['', 'fsModuleCache: true', 'experimental: { fsModuleCache: true }']) {
    it(`judges a file that an earlier run, on another file, has loaded as it is${cache && ` with ${cache}`}`, async () => {
      const config = { 'vitest.config.js': `export default { test: { ${cache} } };\n` };
      const directory = copyFixture('vitest', config);
      const fresh = await judge(copyFixture('vitest', config), 'src/price.ts');
      // Its tests load src/price.ts without any mutant.
      await judge(directory, 'src/cart.ts');
      const { statuses, said } = await judge(directory, 'src/price.ts');
      assert.deepEqual(statuses, fresh.statuses);
      assert.doesNotMatch(said, /deprecated/i);
    });
  }

  it('judges hostile code and tests as Vitest itself does', async () => {
    const directory = copyFixture('vitest', HOSTILE);
    const snapshot = readFileSync(path.join(directory, 'test/__snapshots__/wild.test.ts.snap'), 'utf8');
    const { statuses, said } = await judge(
      directory,
      'src/state.ts',
      'src/wild.ts',
      'src/clock.ts',
      'src/mail.ts',
      '--verify',
      process.env['ASSAY_VERIFY'] ?? '12',
    );
    assert.match(said, /judged by Assay hot/);
    assert.match(said, /verified \d+ of \d+: \d+ right, 0 wrong/);
    const rest = Object.entries(statuses).filter(([, status]) => status !== 'Killed');
    assert.deepEqual(rest.map(([mutant, status]) => `${status}: ${mutant}`).sort(), [
      'NoCoverage: src/wild.ts:31:42-31:63 StringLiteral ""',
      'NoCoverage: src/wild.ts:9:12-9:28 CallExpression ;',
      'Survived: src/state.ts:10:7-10:26 ConditionalExpression false',
      'Survived: src/state.ts:12:3-12:21 CallExpression ;',
      'Survived: src/state.ts:23:9-23:35 ConditionalExpression true',
      'Survived: src/state.ts:3:31-3:41 ArrayDeclaration []',
      'Survived: src/state.ts:3:32-3:37 StringLiteral ""',
      'Survived: src/wild.ts:26:25-26:27 ArrayDeclaration ["Stryker was here"]',
      'Survived: src/wild.ts:31:7-31:10 ConditionalExpression false',
      'Survived: src/wild.ts:44:10-44:24 EqualityOperator random() <= 0.5',
      'Survived: src/wild.ts:9:7-9:10 ConditionalExpression false',
      'Timeout: src/wild.ts:14:26-14:29 UpdateOperator i--',
      'Timeout: src/wild.ts:19:10-19:26 EqualityOperator queue.length >= 0',
      'Timeout: src/wild.ts:19:28-22:4 BlockStatement {}',
      'Timeout: src/wild.ts:27:26-27:38 CallExpression ;',
    ]);
    assert.equal(readFileSync(path.join(directory, 'test/__snapshots__/wild.test.ts.snap'), 'utf8'), snapshot, 'nothing was written');
  });

  it('judges a file in each project that tests it', async () => {
    const { statuses, said } = await judge(copyFixture('vitest', TWO_PROJECTS), 'src/side.ts');
    assert.match(said, /2 tests on vitest .*, judged by Assay hot/);
    assert.deepEqual(new Set(Object.values(statuses)), new Set(['Killed']));
  });

  it('knows that Vitest fails a file in which no test is left', async () => {
    const { statuses, said } = await judge(copyFixture('vitest', OWN_TESTS), 'src/own.ts');
    assert.match(said, /judged by Assay hot/);
    assert.equal(statuses['src/own.ts:1:22-1:39 ArrayDeclaration []'], 'Killed');
    assert.equal(statuses['src/own.ts:2:5-2:23 ConditionalExpression false'], 'Killed');
  });

  it('puts the process back after a test that a mutant kept from doing it', async () => {
    const { statuses, said } = await judge(copyFixture('vitest', LEAVING), 'src/place.ts', '--concurrency', '1', '--verify', '100');
    assert.equal(statuses['src/place.ts:2:34-2:58 ConditionalExpression false'], 'Killed');
    assert.match(said, /verified \d+ of \d+: \d+ right, 0 wrong/);
  });

  it('runs what may change something, and only that', async () => {
    const { statuses, said } = await judge(copyFixture('vitest', WEIGHED), 'src/limit.ts', '--verify', '8', '--all');
    assert.match(said, /verified \d+ of \d+: \d+ right, 0 wrong/);
    assert.equal(statuses['src/limit.ts:3:7-3:17 ConditionalExpression false'], 'Killed');
    assert.equal(statuses['src/limit.ts:11:7-11:20 ConditionalExpression true'], 'Killed');
    assert.equal(statuses['src/limit.ts:15:7-15:22 ConditionalExpression true'], 'Survived');
    assert.equal(said.split('to notice it, a test needs other inputs').length - 1, 2);
  });

  it('has what tests require by themselves loaded anew, and leaves it to StrykerJS where that is what is mutated', async () => {
    const files = {
      'src/double.js': 'export const double = (n) => n * 2;\n',
      'src/half.cjs': 'exports.half = (n) => n / 2;\n',
      'test/count.cjs': 'exports.count = 0;\n',
      'test/required.test.js': `import { createRequire } from 'node:module';
import { expect, test } from 'vitest';
import { double } from '../src/double.js';
const require = createRequire(import.meta.url);
const counter = require('./count.cjs');
const { half } = require('../src/half.cjs');
test('is the first to count', () => { counter.count += double(1); expect(counter.count).toBe(2); });
test('halves', () => expect(half(4)).toBe(2));
`,
    };
    const esm = await judge(copyFixture('vitest', files), 'src/double.js');
    assert.match(esm.said, /judged by Assay hot/);
    assert.deepEqual(Object.values(esm.statuses), ['Killed', 'Killed']);
    const required = await judge(copyFixture('vitest', files), 'src/half.cjs');
    assert.match(required.said, /tests load src.half\.cjs by "require", past what vitest transforms/);
    assert.deepEqual(Object.values(required.statuses), ['Killed', 'Killed']);
  });
});
