import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { assay } from '../support/assay.ts';
import { copyFixture, removeWorkspaces, write } from '../support/workspaces.ts';

/** What `--json` writes. */
interface Output {
  asked: number;
  tests: { kind: string; testFile: string; title: string; text: string; kills: { id: string }[]; passed: number }[];
  edits: { testFile: string; isNew: boolean }[];
  left: { mutant: { id: string; range: { start: { line: number } }; replacement: string }; kind: string; why: string }[];
}

/** A fixture, the file whose mutants are looked at, how many of them no test notices, and for how many of these a test has to be found. */
const FIXTURES: [name: string, file: string, asked: number, atLeast: number][] = [
  ['vitest', 'src/price.ts', 8, 5],
  ['jest', 'src/duration.js', 11, 6],
  ['mocha', 'lib/range.js', 6, 4],
  ['node-test', 'src/queue.js', 1, 0],
];

/** A file whose tests run it and look at little of what comes of it. */
const WEAK = {
  code: `export function area(width, height) {
  return width * height;
}
export function check(age) {
  if (age < 0) throw new Error();
  return age + 1;
}
export async function later(value) {
  return value + 1;
}
`,
  expect: `it('looks at little', async () => {
  expect(area(2, 3)).toBeTruthy();
  expect(() => check(-1)).toThrow();
  await expect(later(4)).resolves.toBeDefined();
  const next = check(4);
});
`,
  assert: `it('looks at little', async () => {
  assert.ok(area(2, 3));
  assert.throws(() => check(-1));
  assert.ok(await later(4));
  const next = check(4);
});
`,
};

/** A fixture, the test file that is put into it with its first lines and its tests, and what stands in it afterwards. */
const WEAKLY: [name: string, testFile: string, head: string, tests: string, after: string[]][] = [
  [
    'vitest',
    'test/weak.test.js',
    "import { expect, it } from 'vitest';\nimport { area, check, later } from '../src/weak.js';\n",
    WEAK.expect,
    ['  expect(area(2, 3)).toBe(6);', '  await expect(later(4)).resolves.toBe(5);', '  const next = check(4);\n  expect(next).toBe(5);'],
  ],
  [
    'mocha',
    'test/weak.test.js',
    "import assert from 'node:assert/strict';\nimport { area, check, later } from '../src/weak.js';\nassert.equal(1, 1);\n",
    WEAK.assert,
    ['  assert.equal(area(2, 3), 6);', '  assert.equal(await later(4), 5);', '  const next = check(4);\n  assert.equal(next, 5);'],
  ],
  [
    'node-test',
    'test/weak.test.js',
    "import assert from 'node:assert/strict';\nimport { it } from 'node:test';\nimport { area, check, later } from '../src/weak.js';\nassert.equal(1, 1);\n",
    WEAK.assert,
    ['  assert.equal(area(2, 3), 6);', '  assert.equal(await later(4), 5);'],
  ],
  [
    'jest',
    '__tests__/weak.test.js',
    "const { area, check, later } = require('../src/weak.js');\n",
    WEAK.expect,
    ['  expect(area(2, 3)).toBe(6);', '  await expect(later(4)).resolves.toBe(5);'],
  ],
];

/** What code is like, the code, its tests, what stands in them afterwards, and how many mutants they still do not notice: some are no change. */
const CODE: [what: string, code: string, tests: string, written: RegExp, left: number][] = [
  [
    'getters and methods of objects that tests make',
    `export class Basket {
  #items: number[] = [];
  get isEmpty(): boolean {
    return this.#items.length === 0;
  }
  put(item: number): void {
    this.#items.push(item);
  }
}
`,
    "import { Basket } from '../src/code.ts';\nit('is made', () => {\n  expect(new Basket()).toBeInstanceOf(Basket);\n});\n",
    /const basket = new Basket\(\);\n {2}basket\.put\(\d+\);\n {2}expect\(basket\.isEmpty\)\.toBe\(false\);/,
    0,
  ],
  [
    'what is done to parts of what calls come to',
    `export class Leaf {
  parent: Branch | undefined;
}
export class Branch {
  leaves: Leaf[] = [];
}
export function grow(): Branch {
  const branch = new Branch();
  for (const _ of 'ab') branch.leaves.push(Object.assign(new Leaf(), { parent: branch }));
  return branch;
}
export function cut(leaf: Leaf): void {
  if (leaf.parent) leaf.parent.leaves.splice(leaf.parent.leaves.indexOf(leaf), 1);
}
`,
    "import { cut, grow } from '../src/code.ts';\nit('cuts', () => {\n  const branch = grow();\n  expect(branch.leaves.length).toBe(2);\n  expect(branch.leaves[0]?.parent).toBe(branch);\n  cut(branch.leaves[0]!);\n});\n",
    /cut\(\w+\.leaves\[\d\]\);\n {2}expect\(/,
    1,
  ],
  [
    'code whose results are kept',
    `const known = new Map<string, string>();
export function shout(text: string): string {
  const kept = known.get(text);
  if (kept !== undefined) return kept;
  const made = text.length > 3 ? 'long' : 'short';
  known.set(text, made);
  return made;
}
`,
    "import { shout } from '../src/code.ts';\nit('shouts', () => {\n  expect(shout('a')).toBe('short');\n  expect(shout('abcdef')).toBe('long');\n});\n",
    /expect\(shout\('...'\)\)\.toBe\('short'\)/,
    2,
  ],
  [
    'what is made when a module is loaded, where it shows in few calls',
    `const PORT = /^\\d+$/;
export function port(options: { scheme?: string; port?: string }): string {
  if (options.port !== undefined && !PORT.test(options.port)) throw new Error('no port');
  return options.port ?? 'none';
}
`,
    "import { port } from '../src/code.ts';\nit('knows ports', () => {\n  expect(port({ scheme: 'a' })).toBe('none');\n  expect(port({ port: '80' })).toBe('80');\n  expect(() => port({ port: '!' })).toThrow('no port');\n});\n",
    /toThrow\('no port'\);\n\}\);/,
    0,
  ],
  [
    'several inputs of one function, as a table where there are such tests',
    `export function level(value: number): number {
  if (value >= 10) return 2;
  if (value >= 5) return 1;
  return 0;
}
`,
    "import { level } from '../src/code.ts';\nit.each([[0, 0], [7, 1], [20, 2]])('%j is of level %j', (value, expected) => {\n  expect(level(value)).toBe(expected);\n});\n",
    /it\.each\(\[\n( {2}\[\d+, \d\],?\n){2}\]\)\('level\(%j\) returns %j', \(value, expected\) => \{/,
    0,
  ],
  [
    'code that logs',
    "export function level(n: number): string {\n  console.log(n);\n  return n > 3 ? 'high' : 'low';\n}\n",
    "import { level } from '../src/code.ts';\nit('logs', () => {\n  expect(level(1)).toBe('low');\n});\n",
    /expect\(level\([34]\)\)\.toBe\('(low|high)'\);/,
    1,
  ],
  [
    'code that waits',
    "export async function late(ms: number): Promise<string> {\n  await new Promise((resolve) => setTimeout(resolve, 1));\n  return ms > 3 ? 'late' : 'soon';\n}\n",
    "import { late } from '../src/code.ts';\nit('waits', async () => {\n  expect(await late(1)).toBe('soon');\n});\n",
    /await expect\(late\(\d\)\)\.resolves\.toBe\('(late|soon)'\);/,
    0,
  ],
  [
    'code that changes what it is given',
    'export function fill(list: number[], n: number): void {\n  if (n > 3) list.push(n);\n}\n',
    "import { fill } from '../src/code.ts';\nit('fills', () => {\n  const list: number[] = [];\n  fill(list, 1);\n  expect(list).toEqual([]);\n});\n",
    /const input.* = \[.*\];\n {2}fill\(input.*\);\n {2}expect\(input.*\)\.toEqual\(\[/,
    0,
  ],
  [
    'code that takes functions',
    'export function all(list: number[], holds: (n: number) => boolean): boolean {\n  for (const n of list) if (!holds(n)) return false;\n  return true;\n}\n',
    "import { all } from '../src/code.ts';\nit('asks', () => {\n  expect(all([], (n) => n > 3)).toBe(true);\n});\n",
    /expect\(all\(\[.+\], \(n\) => n > 3\)\)\.toBe\(/,
    0,
  ],
  [
    'code that ends the process',
    "export function quit(code: number): string {\n  if (code > 3) process.exit(code);\n  return code > 1 ? 'warned' : 'fine';\n}\n",
    "import { quit } from '../src/code.ts';\nit('goes on', () => {\n  expect(quit(0)).toBe('fine');\n});\n",
    /expect\(quit\(2\)\)\.toBe\('warned'\);/,
    3,
  ],
  [
    'code that keeps state',
    'let count = 0;\nexport function next(by: number): number {\n  count += by > 3 ? 2 : 1;\n  return count;\n}\n',
    "import { next } from '../src/code.ts';\nit('counts', () => {\n  expect(next(1)).toBeGreaterThan(0);\n});\n",
    /expect\(next\(1\)\)\.toBe\(1\);/,
    2,
  ],
];

/** How many mutants of a file no test notices. */
async function open(directory: string, file: string): Promise<number> {
  const { out } = await assay(directory, ['mutate', file, '--json', '-']);
  const { files } = JSON.parse(out) as { files: Record<string, { mutants: { status: string }[] }> };
  return (files[file]?.mutants ?? []).filter(({ status }) => status === 'Survived' || status === 'NoCoverage').length;
}

/** Code that may go on for ever. */
const WILD = `export function wait(n: number): number {
  let i = 0;
  i += spin(n);
  return i >= 3 ? 1 : 0;
}
export function grow(text: string): number {
  return text.repeat(text.length > 2 ? 1 : 2).length;
}
`;
const SPIN = `export function spin(n: number): number {
  let i = 0;
  while (i !== n) i++;
  return i;
}
`;

describe('assay strengthen', () => {
  after(removeWorkspaces);

  for (const [name, file, asked, atLeast] of FIXTURES) {
    it(`finds tests on ${name}, writes them, and they notice what they are for`, async () => {
      const directory = copyFixture(name);
      const before = await open(directory, file);
      const first = await assay(directory, ['strengthen', file, '--json', 'found.json', '--write']);
      assert.equal(first.status, 0, first.err);
      const found = JSON.parse(readFileSync(path.join(directory, 'found.json'), 'utf8')) as Output;
      assert.equal(found.asked, asked, first.err);
      const killed = new Set(found.tests.flatMap(({ kills }) => kills.map(({ id }) => id)));
      assert.ok(killed.size >= atLeast, `${killed.size}\n${first.err}`);
      assert.equal(killed.size + found.left.length, asked);
      assert.ok(found.tests.every(({ passed }) => passed === 10));
      for (const { testFile, text } of found.tests) assert.ok(readFileSync(path.join(directory, testFile), 'utf8').includes(text));
      const after = await open(directory, file);
      assert.ok(after <= before - killed.size, `${before} before, ${after} after, ${killed.size} said to be killed`);
    });
  }

  for (const [name, testFile, head, tests, lines] of WEAKLY) {
    it(`has tests on ${name} say what they only looked at`, async () => {
      const code =
        name === 'jest' ? WEAK.code.replaceAll(/export (?=async|function)/g, '').concat('module.exports = { area, check, later };\n') : WEAK.code;
      const directory = copyFixture(name, { 'src/weak.js': code, [testFile]: head + tests });
      const { status, err } = await assay(directory, ['strengthen', 'src/weak.js', '--json', 'found.json', '--write']);
      assert.equal(status, 0, err);
      const found = JSON.parse(readFileSync(path.join(directory, 'found.json'), 'utf8')) as Output;
      const written = readFileSync(path.join(directory, testFile), 'utf8');
      for (const line of lines) assert.ok(written.includes(`${line}\n`), `${line}\n${written}\n${err}`);
      assert.ok(found.tests.some(({ kind, passed }) => kind === 'assertions' && passed === 10));
      assert.equal(await open(directory, 'src/weak.js'), found.left.length, written);
    });
  }

  it('tests functions that no test uses by their name, and imports them', async () => {
    const directory = copyFixture('vitest', {
      'src/words.ts': `function marked(text: string): string {
  return text.endsWith('!') ? text : text + '!';
}
export function loud(text: string): string {
  return marked(text.toUpperCase());
}
export function shout(text: string, times = 2): string {
  return marked(text.repeat(times));
}
`,
      'test/words.test.ts': `import { expect, it } from 'vitest';
import { loud } from '../src/words.ts';

it('is loud', () => {
  expect(loud('a!')).toBe('A!');
  expect(loud('a')).toBe('A!');
});
`,
    });
    const { status, err } = await assay(directory, ['strengthen', 'src/words.ts', '--write']);
    assert.equal(status, 0, err);
    const written = readFileSync(path.join(directory, 'test/words.test.ts'), 'utf8');
    assert.match(written, /^import \{ loud, shout \} from '\.\.\/src\/words\.ts';$/m);
    assert.match(written, /expect\(shout\(/);
    assert.equal(await open(directory, 'src/words.ts'), 0, written + err);
  });

  for (const [what, code, tests, written, left] of CODE) {
    it(`finds tests of ${what}`, async () => {
      const directory = copyFixture('vitest', { 'src/code.ts': code, 'test/code.test.ts': `import { expect, it } from 'vitest';\n${tests}` });
      const { status, err } = await assay(directory, ['strengthen', 'src/code.ts', '--write']);
      assert.equal(status, 0, err);
      const text = readFileSync(path.join(directory, 'test/code.test.ts'), 'utf8');
      assert.match(text, written, text + err);
      assert.equal(await open(directory, 'src/code.ts'), left, text + err);
    });
  }

  it('calls a mutant no change only where its function hides it', async () => {
    const directory = copyFixture('vitest', {
      'src/size.ts': `export function size(n: number): number {
  if (n > 0) return n;
  return Math.abs(n);
}
function parts(name: string): string[] {
  return name.includes('-') ? name.split('-') : [name];
}
export function first(name: string): string {
  return parts(name)[0] ?? '';
}
export function most(given: number[]): number {
  const sizes = Array.isArray(given) ? given : [];
  if (sizes.length > 1) return Math.max(...sizes);
  return Math.max(-Infinity, ...sizes);
}
export function twice(given: string): string {
  const text = String(given);
  const { length } = text;
  let first = text;
  if (length > 3) first = text;
  return first + text;
}
`,
      'test/size.test.ts': `import { expect, it } from 'vitest';
import { first, most, size, twice } from '../src/size.ts';

it('has a size', () => {
  expect(size(3)).toBe(3);
  expect(size(-2)).toBe(2);
  expect(first('a-b')).toBe('a');
  expect(most([1, 3, 2])).toBe(3);
  expect(most([4])).toBe(4);
  expect(twice('ab')).toBe('abab');
});
`,
    });
    const { status, err } = await assay(directory, ['strengthen', 'src/size.ts', '--json', 'found.json']);
    assert.equal(status, 0, err);
    const { left } = JSON.parse(readFileSync(path.join(directory, 'found.json'), 'utf8')) as Output;
    const kinds = left.map(({ kind, mutant }) => `${kind} ${mutant.range.start.line + 1} ${mutant.replacement}`);
    for (const one of ['2 false', '20 true', '20 false']) assert.ok(kinds.includes(`equivalent ${one}`), kinds.join('\n'));
    for (const line of [6, 13]) assert.ok(!kinds.some((one) => one.startsWith(`equivalent ${line}`)), kinds.join('\n'));
  });

  it('prints a patch that git takes, and writes nothing', async () => {
    const directory = copyFixture('vitest');
    execFileSync('git', ['init', '-q'], { cwd: directory });
    const before = readFileSync(path.join(directory, 'test/price.test.ts'), 'utf8');
    const { status, out, err } = await assay(directory, ['strengthen', 'src/price.ts']);
    assert.equal(status, 0, err);
    assert.equal(readFileSync(path.join(directory, 'test/price.test.ts'), 'utf8'), before);
    write(directory, 'tests.patch', out);
    execFileSync('git', ['apply', 'tests.patch'], { cwd: directory });
    assert.match(readFileSync(path.join(directory, 'test/price.test.ts'), 'utf8'), /expect\(discount\(100, true\)\)\.toBe\(15\);/);
    assert.match(
      err,
      /5 tests and stronger assertions in 1 test for 8 of 8 mutants that no test notices\. They record what the code does today: review them\./,
    );
  });

  it('says what is wrong with what it is asked', async () => {
    const directory = copyFixture('vitest');
    for (const [args, status, said] of [
      [[], 2, 'Name one source file.'],
      [['a.ts', 'b.ts'], 2, 'Name one source file.'],
      [['nothing.ts'], 2, 'nothing.ts does not exist.'],
      [['src/price.ts', '--concurrency', '0'], 2, '--concurrency takes a whole number from 1, not "0".'],
      [['--help'], 0, ''],
    ] as const) {
      const ended = await assay(directory, ['strengthen', ...args]);
      assert.equal(ended.status, status, args.join(' '));
      assert.ok(ended.err.includes(said), ended.err);
    }
  });

  it('does not search where it could write nothing', async () => {
    const directory = copyFixture('mocha');
    write(directory, 'lib/double.js', 'export const double = (n) => n * 2;\n');
    const check = 'const check = (it) => {\n  if (!it) throw new Error("no");\n};\n';
    write(directory, 'test/double.test.js', `import { double } from '../lib/double.js';\n${check}it('doubles', () => check(double(0) === 0));\n`);
    const { status, err } = await assay(directory, ['strengthen', 'lib/double.js', '--json', 'found.json']);
    assert.equal(status, 0, err);
    const { left } = JSON.parse(readFileSync(path.join(directory, 'found.json'), 'utf8')) as { left: { kind: string; tries: number; why: string }[] };
    assert.deepEqual(
      left.map(({ kind, tries, why }) => [kind, tries, why]),
      [['obstacle', 0, 'double.test.js asserts in no way that is known']],
    );
  });

  for (const [name, testFile, head] of [
    ['vitest', 'test/cut.test.ts', "import { expect, test } from 'vitest';\nimport { cut } from '../src/cut.js';\n"],
    ['jest', '__tests__/cut.test.js', "'use strict';\nconst { cut } = require('../src/cut');\n\ndescribe('cut', () => {\n"],
    ['mocha', 'test/unit/cut.test.js', "import assert from 'node:assert/strict';\nimport { cut } from '../../src/cut.js';\n"],
    ['node-test', 'test/cut.test.js', "import assert from 'node:assert/strict';\nimport { "],
  ] as const) {
    it(`makes a test file on ${name} where none loads the code`, async () => {
      const code = `/**
 * @param {string} text
 * @param {number} length
 */
export function cut(text, length) {
  return text.length > length ? text.slice(0, length) + '…' : text;
}
`;
      const required = `${code.replace('export ', '')}module.exports = { cut };\n`;
      const directory = copyFixture(name, { 'src/cut.js': name === 'jest' ? required : code });
      const patch = await assay(directory, ['strengthen', 'src/cut.js']);
      assert.match(patch.out, new RegExp(`^--- /dev/null\n\\+\\+\\+ b/${testFile}\n`), patch.err);
      const { status, err } = await assay(directory, ['strengthen', 'src/cut.js', '--json', 'found.json', '--write']);
      assert.equal(status, 0, err);
      const { tests, left, edits } = JSON.parse(readFileSync(path.join(directory, 'found.json'), 'utf8')) as Output;
      assert.deepEqual(
        edits.map((one) => [one.testFile, one.isNew]),
        [[testFile, true]],
        JSON.stringify(left),
      );
      const written = readFileSync(path.join(directory, testFile), 'utf8');
      assert.ok(written.startsWith(head), written);
      assert.ok(tests.length >= 2 && tests.every(({ passed }) => passed === 10), written);
      assert.ok((await open(directory, 'src/cut.js')) <= left.length, written);
    });
  }

  for (const [name, exported, head] of [
    ['vitest', 'export default', "import { expect, test } from 'vitest';\nimport twice from '../src/twice.js';\n"],
    ['jest', 'module.exports =', "'use strict';\nconst twice = require('../src/twice');\n"],
  ] as const) {
    it(`makes a test file on ${name} for what a file exports by default`, async () => {
      const directory = copyFixture(name, { 'src/twice.js': `/** @param {string} text */\n${exported} (text) => text + text;\n` });
      const { status, out, err } = await assay(directory, ['strengthen', 'src/twice.js']);
      assert.equal(status, 0, err);
      const added = out.split('\n').flatMap((line) => (/^\+(?!\+)/.test(line) ? [line.slice(1)] : []));
      assert.ok(added.join('\n').startsWith(head), out + err);
      assert.match(err, /1 test for \d of \d mutants/);
    });
  }

  for (const [name, testFile, head] of [
    ['vitest', 'test/disk.test.js', "import { expect, it } from 'vitest';\nimport { save, size } from '../src/disk.js';\n"],
    ['jest', '__tests__/disk.test.js', "const { save, size } = require('../src/disk.js');\n"],
    ['mocha', 'test/disk.test.js', "import assert from 'node:assert/strict';\nimport { save, size } from '../src/disk.js';\n"],
    [
      'node-test',
      'test/disk.test.js',
      "import assert from 'node:assert/strict';\nimport { it } from 'node:test';\nimport { save, size } from '../src/disk.js';\n",
    ],
  ] as const) {
    it(`tries code on ${name} that can change files where it cannot`, async () => {
      const is = (act: string) => (head.includes('assert') ? `assert.equal(${act}, 1)` : `expect(${act}).toBe(1)`);
      const code = `import { appendFileSync } from 'node:fs';
export function save(text) {
  appendFileSync('saved.txt', text);
  return text.length > 3 ? 1 : 0;
}
export function size(text) {
  return text.length > 3 ? 1 : 0;
}
`;
      const required = code.replace(/import (.*) from (.*);/, 'const $1 = require($2);').replaceAll('export ', '');
      const directory = copyFixture(name, {
        'src/disk.js': name === 'jest' ? `${required}module.exports = { save, size };\n` : code,
        [testFile]: `${head}
it('saves', () => {
  ${is("save('text')")};
});
it('measures', () => {
  ${is("size('text')")};
});
`,
      });
      const judged = await assay(directory, ['mutate', 'src/disk.js']);
      assert.equal(judged.status, 0, judged.err);
      const { status, err } = await assay(directory, ['strengthen', 'src/disk.js', '--json', 'found.json']);
      assert.equal(status, 0, err);
      const { tests, left } = JSON.parse(readFileSync(path.join(directory, 'found.json'), 'utf8')) as Output;
      assert.ok(tests.length > 0, JSON.stringify(left));
      for (const { text, passed } of tests) assert.ok(/size\('/.test(text) && !text.includes('save(') && passed === 10, text);
      assert.ok(
        left.some(({ kind, why }) => kind === 'obstacle' && /^its code calls appendFileSync, which is kept from it/.test(why)),
        JSON.stringify(left),
      );
      assert.match(readFileSync(path.join(directory, 'saved.txt'), 'utf8'), /^(text)+$/, 'only the test called it');
    });
  }

  it('writes tests into the files that a file of tests imports', async () => {
    const part = (name: string, call: string) =>
      `import assert from 'node:assert/strict';\nimport { test } from 'node:test';\nimport { ${name} } from '../src/parts.js';\n\ntest('${name} works', () => {\n  assert.ok(${call});\n});\n`;
    const directory = copyFixture('node-test', {
      'src/parts.js': `export function first(text) {
  return text.length > 2 ? 'long' : 'short';
}
export function second(count) {
  return count > 7 ? 'many' : 'few';
}
`,
      'checks/first.js': part('first', "first('abc')"),
      'checks/second.js': part('second', 'second(1)'),
      'test/parts.test.js': "import '../checks/first.js';\nimport '../checks/second.js';\n",
    });
    const { status, err } = await assay(directory, ['strengthen', 'src/parts.js', '--write', '--json', 'found.json']);
    assert.equal(status, 0, err);
    const { tests, left } = JSON.parse(readFileSync(path.join(directory, 'found.json'), 'utf8')) as Output;
    assert.deepEqual(left, [], err);
    assert.ok(
      ['first', 'second'].every((name) => tests.some(({ testFile }) => testFile.endsWith(`checks/${name}.js`))),
      JSON.stringify(tests),
    );
    const judged = await assay(directory, ['mutate', 'src/parts.js']);
    assert.match(judged.out, / 0 survived/);
  });

  it('does not try code that connects', async () => {
    const directory = copyFixture('vitest', {
      'src/net.ts': `import { connect } from 'node:net';
export function open(port: number): number {
  return port > 3 ? 1 : connect(port) ? 2 : 0;
}
`,
      'test/net.test.ts': `import { expect, it } from 'vitest';
import { open } from '../src/net.ts';

it('opens', () => {
  expect(open(8)).toBe(1);
});
`,
    });
    const { status, err } = await assay(directory, ['strengthen', 'src/net.ts']);
    assert.equal(status, 0, err);
    assert.match(err, /net\.ts imports node:net, and such code is not tried with values that nobody chose/);
  });

  it('asserts nothing that another time would change', async () => {
    const directory = copyFixture('vitest', {
      'src/age.ts': `export function age(year: number): string {
  const now = new Date().getFullYear();
  return now - year > 18 ? 'old' : String(now - year);
}
`,
      'test/age.test.ts': `import { expect, it } from 'vitest';
import { age } from '../src/age.ts';

it('is old', () => {
  expect(age(1900)).toBe('old');
});
`,
    });
    const age = await assay(directory, ['strengthen', 'src/age.ts', '--json', 'age.json']);
    assert.equal(age.status, 0, age.err);
    const found = JSON.parse(readFileSync(path.join(directory, 'age.json'), 'utf8')) as Output;
    assert.deepEqual(
      found.tests.map(({ text }) => text).filter((text) => text.includes('age(') && !/toBe\('(old|NaN|-?Infinity)'\)/.test(text)),
      [],
    );
  });

  for (const [name, files] of [
    ['a loop', { 'src/wild.ts': WILD.replace('i += spin(n)', 'while (i !== n) i++') }],
    // Where nothing is counted.
    ["another file's loop", { 'src/wild.ts': `import { spin } from './spin.ts';\n${WILD}`, 'src/spin.ts': SPIN }],
  ] as const) {
    it(`is not kept by ${name} without an end, and finds what there is`, async () => {
      const directory = copyFixture('vitest', {
        ...files,
        'test/wild.test.ts': `import { expect, it } from 'vitest';
import { grow, wait } from '../src/wild.ts';

it('waits', () => {
  expect(wait(5)).toBe(1);
  expect(grow('abc')).toBe(3);
});
`,
        'tsconfig.json':
          '{ "compilerOptions": { "strict": true, "module": "preserve", "noEmit": true, "allowImportingTsExtensions": true }, "include": ["src", "test"] }',
      });
      const { status, err } = await assay(directory, ['strengthen', 'src/wild.ts', '--json', 'found.json']);
      assert.equal(status, 0, err);
      const found = JSON.parse(readFileSync(path.join(directory, 'found.json'), 'utf8')) as Output;
      assert.ok(
        found.tests.some(({ text }) => /wait\([0-2]\)/.test(text)),
        JSON.stringify(found.tests),
      );
      assert.ok(
        found.tests.some(({ text }) => /grow\(/.test(text)),
        JSON.stringify(found.left),
      );
    });
  }
});
