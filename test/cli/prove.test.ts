import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { assay } from '../support/assay.ts';
import { assertSchema } from '../support/schemas.ts';
import { copyFixture, removeWorkspaces, write } from '../support/workspaces.ts';

/** What `--json` writes, as far as it is looked at. */
interface Output {
  files: { path: string; tests: SeenTest[]; findings: { rule: string; message: string; range: { start: { line: number } } }[] }[];
  falsePositives: { title: string[]; priority: string; sentence: string; breakages: number; functions: string[] }[];
}
interface SeenTest {
  title: string[];
  range: { start: { line: number }; end: { line: number } };
  seen?: { verdict: string; breakages: number; functions: string[] };
}

/** Code that is tested. */
const CODE = `export function add(a, b) {
  return a + b;
}
export function items() {
  return [];
}
export const twice = (a) => a * 2;
export function parse(text) {
  if (text === '') throw new Error('empty');
  return { ok: true, text };
}
export function each(list, call) {
  for (const one of list) call(one);
}
`;

/** Bodies of tests, what comes of running and breaking, and what kept an assertion from being made; EQ(a, b) stands for an assertion. */
const TESTS: [body: string, verdict: string, why?: string][] = [
  ['EQ(add(1, 2), 3);', 'noticed'],
  ['EQ([3, 4].map(twice).length, 2); EQ(twice(2), 4);', 'noticed'],
  ['add(1, 2);', 'unnoticed'],
  ['try { EQ(add(1, 2), 4); } catch {}', 'unnoticed'],
  ['EQ([1, 2].length, 2);', 'reaches-nothing'],
  ['for (const one of items()) EQ(one, 1);', 'noticed', 'there was nothing in `items()`'],
  ['for (const one of items()) { EQ(one, 1); }', 'noticed', 'there was nothing in `items()`'],
  ['items().forEach((one) => EQ(one, 1));', 'noticed', 'there was nothing in `items()`'],
  ['try { parse("x"); } catch (error) { EQ(error.message, "empty"); }', 'unnoticed', 'nothing was thrown'],
  ['const { ok } = parse("x"); if (!ok) EQ(ok, 1);', 'noticed', '`!ok` did not hold'],
  ['if (add(1, 2) === 3) { add(1, 1); } else { EQ(add(1, 2), 4); }', 'noticed', '`add(1, 2) === 3` always held'],
  ['const n = add(1, 2); if (n > 2) { if (n > 5) { EQ(n, 6); } }', 'unnoticed', '`n > 5` did not hold'],
  ['each([], (one) => { EQ(one, 1); });', 'unnoticed', '`each` never called what it is given'],
  ['if (add(1, 2) === 3) return; EQ(add(1, 2), 3);', 'noticed', 'the code returns in line LINE'],
  ['switch (add(1, 2)) { case 4: EQ(add(1, 2), 4); break; }', 'unnoticed', 'it was never `4`'],
  ['const later = () => { EQ(add(1, 2), 3); }; add(1, 2);', 'unnoticed'],
  ['add(1, 2) > 5 && EQ(add(1, 2), 3);', 'unnoticed', '`add(1, 2) > 5` did not hold'],
  ['while (add(1, 2) < 0) { EQ(add(1, 2), 3); }', 'noticed', '`add(1, 2) < 0` did not hold'],
  ['await Promise.resolve(); EQ(add(1, 2), 3);', 'noticed'],
];

const EXPECT = /EQ\(((?:[^()]|\([^()]*\))*), ([^(),]*)\)/g;

/** A fixture, where its code and its tests stand, their first lines, and how it asserts. */
const FRAMEWORKS: [fixture: string, code: string, testFile: string, head: string, asserts: string][] = [
  [
    'vitest',
    'src/box.js',
    'test/box.test.js',
    "import { expect, it } from 'vitest';\nimport { add, each, items, parse, twice } from '../src/box.js';\n",
    'expect($1).toBe($2)',
  ],
  ['jest', 'src/box.js', '__tests__/box.test.js', "const { add, each, items, parse, twice } = require('../src/box.js');\n", 'expect($1).toBe($2)'],
  [
    'mocha',
    'lib/box.js',
    'test/box.test.js',
    "import assert from 'node:assert/strict';\nimport { add, each, items, parse, twice } from '../lib/box.js';\n",
    'assert.equal($1, $2)',
  ],
  [
    'node-test',
    'src/box.js',
    'test/box.test.js',
    "import assert from 'node:assert/strict';\nimport { it } from 'node:test';\nimport { add, each, items, parse, twice } from '../src/box.js';\n",
    'assert.equal($1, $2)',
  ],
];

describe('assay audit --prove', () => {
  afterEach(removeWorkspaces);

  for (const [fixture, codeFile, testFile, head, asserts] of FRAMEWORKS) {
    it(`tells what tests notice, and which assertions are never made, on ${fixture}`, async () => {
      const directory = copyFixture(fixture);
      write(directory, codeFile, fixture === 'jest' ? commonJs(CODE) : CODE);
      const lines = TESTS.map(([body], i) => `it('test ${i}', async () => { ${body.replace(EXPECT, asserts)} });`);
      write(directory, testFile, `${head}\n${lines.join('\n')}\n`);
      const { status, out, err } = await assay(directory, ['audit', '--prove', '--json', '-', testFile]);
      assert.equal(status, 0, err);
      const output = JSON.parse(out) as Output;
      const [file] = output.files;
      const first = head.split('\n').length + 1;
      const seen = TESTS.map((_, i) => {
        const test = file?.tests.find(({ title }) => title.at(-1) === `test ${i}`);
        const line = test?.range.start.line;
        const never = file?.findings.filter(({ rule, range }) => rule === 'never-made-assertion' && range.start.line === line);
        return [test?.seen?.verdict, ...(never?.map(({ message }) => message.replace(/^.*?: |\.$/g, '')) ?? [])];
      });
      const expected = TESTS.map(([, verdict, why], i) => [verdict, ...(why === undefined ? [] : [why.replace('LINE', String(first + i))])]);
      assert.deepEqual(seen, expected);
      const named = output.falsePositives.map(({ title }) => title.at(-1));
      assert.deepEqual(named.sort(), TESTS.flatMap(([, verdict], i) => (verdict === 'unnoticed' ? [`test ${i}`] : [])).sort());
      assert.ok(output.falsePositives.every(({ breakages }) => breakages > 3));
      const only = output.falsePositives.find(({ functions }) => functions.join() === 'each');
      assert.deepEqual(
        [only?.priority, only?.sentence],
        ['critical', 'Of the tests that were run, no other checks what it runs: `each` can do anything.'],
      );
      assertSchema('audit', output);
    });
  }

  for (const rule of ['never-made-assertion', 'false-positive', 'reaches-nothing']) {
    it(`finds ${rule} in what its page calls wrong, and not in what it calls right`, async () => {
      const page = readFileSync(new URL(`../../docs/audit/${rule}.md`, import.meta.url), 'utf8');
      const [wrong = '', right = ''] = [...page.matchAll(/```ts\n(.*?)```/gs)].map(([, code]) => code);
      const head = "import { expect, it } from 'vitest';\nimport { add, openOrders, toList } from '../src/pages.ts';\n";
      const directory = copyFixture('vitest', {
        'src/pages.ts':
          'export const add = (a: number, b: number) => a + b;\nexport function openOrders(all: { open: boolean }[]) {\n  return all.filter((one) => one.open);\n}\nexport function toList(all: string[]) {\n  return [...all];\n}\n',
        'test/wrong.test.ts': head + wrong,
        'test/right.test.ts': head + right,
      });
      const { out, err } = await assay(directory, ['audit', '--prove', '--json', '-', 'test/wrong.test.ts', 'test/right.test.ts']);
      const found = new Map((JSON.parse(out) as Output).files.map(({ path: name, findings }) => [name, findings.map((one) => one.rule)]));
      assert.ok(found.get('test/wrong.test.ts')?.includes(rule), `${[...found]} ${err}`);
      assert.deepEqual(found.get('test/right.test.ts') ?? [], []);
    });
  }

  it('keeps tests apart that one test file takes from another', async () => {
    const head = "import { expect, test } from 'vitest';\nimport { discount } from '../src/price.ts';\n";
    const directory = copyFixture('vitest', {
      'test/first.test.ts': `${head}import './second.test.ts';\ntest('looks at nothing', () => {\n  discount(7);\n});\n`,
      'test/second.test.ts': `${head}test('a', () => {\n  expect(discount(100)).toBe(10);\n});\ntest('b', () => {\n  expect(discount(1)).toBe(0);\n});\n`,
    });
    const { status, out, err } = await assay(directory, ['audit', '--prove', '--json', '-', 'test/first.test.ts', 'test/second.test.ts']);
    assert.equal(status, 0, err);
    const verdicts = (JSON.parse(out) as Output).files.map(({ path: name, tests }) => [
      name,
      tests.map(({ title, seen }) => [title.join(), seen?.verdict]),
    ]);
    assert.deepEqual(verdicts, [
      ['test/first.test.ts', [['looks at nothing', 'unnoticed']]],
      [
        'test/second.test.ts',
        [
          ['a', 'noticed'],
          ['b', 'noticed'],
        ],
      ],
    ]);
  });

  it('says it to a person, and in Markdown and SARIF', async () => {
    const text =
      "import { test } from 'vitest';\nimport { discount } from '../src/price.ts';\n\ntest('gives a discount', () => {\n  discount(7);\n});\n";
    const directory = copyFixture('vitest', { 'test/plain.test.ts': text });
    const { status, out, err } = await assay(directory, ['audit', '--prove', '--markdown', 'out.md', '--sarif', 'out.sarif']);
    assert.equal(status, 0, err);
    assert.match(out, /4:1 false-positive This test passes whatever the code does: it passed with each of \d+ changes to `discount`/);
    assert.match(
      out,
      /Tests that pass whatever the code does\n {2}low test\/plain\.test\.ts:4 gives a discount\n {6}It passed with each of \d+ changes to discount/,
    );
    assert.match(
      readFileSync(path.join(directory, 'out.md'), 'utf8'),
      /\| low \| test\/plain\.test\.ts:4 \| gives a discount \| It passed with each of/,
    );
    const { runs } = JSON.parse(readFileSync(path.join(directory, 'out.sarif'), 'utf8')) as { runs: { results: { ruleId: string }[] }[] };
    assert.deepEqual(runs[0]?.results.map(({ ruleId }) => ruleId).sort(), ['broad-throws', 'false-positive', 'no-assertion']);
  });

  it('makes the defects that the project describes, and tells which no test notices', async () => {
    const defect = (name: string, find: string, replace: string, file = 'src/price.ts') => ({ name, file, find, replace });
    const defects = [
      defect('members get no discount', 'return member ? 5 : 0;', 'return 0;'),
      defect('a price has no currency', '} ${currency}`', '}`'),
      defect('is not there', 'no such text', ''),
      defect('stands twice', 'member = false', 'member = true'),
      defect('is no file', 'a', 'b', 'src/gone.ts'),
    ];
    const directory = copyFixture('vitest', { 'assay.config.json': JSON.stringify({ audit: { defects } }) });
    const { status, out, err } = await assay(directory, ['audit', '--prove', '--json', '-']);
    assert.equal(status, 0, err);
    const output = JSON.parse(out) as { defects: { name: string; noticedBy: string[]; tests: number; problem?: string }[] };
    assertSchema('audit', output);
    assert.deepEqual(
      output.defects.map(({ name, noticedBy, tests, problem }) => [name, noticedBy.length, tests, problem]),
      [
        ['members get no discount', 1, 10, undefined],
        ['a price has no currency', 0, 10, undefined],
        ['is not there', 0, 0, 'nothing in it reads "no such text"'],
        ['stands twice', 0, 0, '"member = false" stands there 2 times'],
        ['is no file', 0, 0, 'there is no such file'],
      ],
    );
    const { out: said } = await assay(directory, ['audit', '--prove']);
    assert.match(said, /Defects that the project describes\n {2}noticed members get no discount: by 1 of 10 tests \S/);
    assert.match(
      said,
      /\n {2}not noticed a price has no currency: none of 10 tests fails with it\n {2}not tried is not there: src\/price\.ts: nothing/,
    );
  });

  it('says of tests that fail that they fail, and of files that cannot be loaded why', async () => {
    const directory = copyFixture('vitest', {
      'test/bad.test.ts': "import { expect, test } from 'vitest';\ntest('is wrong', () => {\n  expect(1).toBe(2);\n});\n",
      'test/worse.test.ts': "import { test } from 'vitest';\nimport '../src/gone.ts';\ntest('is there', () => {});\n",
    });
    const { status, out, err } = await assay(directory, ['audit', '--prove', '--json', '-']);
    assert.equal(status, 0, err);
    const { files } = JSON.parse(out) as Output;
    assert.deepEqual(files.map(({ path: name, tests }) => [name, tests.map(({ seen }) => seen?.verdict)]).sort(), [
      ['test/bad.test.ts', ['fails']],
      ['test/cart.test.ts', ['noticed', 'noticed']],
      ['test/price.test.ts', ['noticed', 'noticed', 'noticed', 'noticed', 'noticed']],
      ['test/worse.test.ts', [undefined]],
    ]);
    assert.match(err, /test\/worse\.test\.ts could not be proved: .*gone\.ts/);
  });

  it('cannot run where no framework is', async () => {
    const directory = copyFixture('vitest');
    write(directory, 'package.json', '{ "name": "none" }');
    const { status, err } = await assay(directory, ['audit', '--prove']);
    assert.equal(status, 2);
    assert.match(err, /\n {2}\S/);
  });
});

function commonJs(text: string): string {
  const names = [...text.matchAll(/^export (?:function|const) (\w+)/gm)].map(([, name]) => name);
  return `${text.replaceAll(/^export /gm, '')}module.exports = { ${names.join(', ')} };\n`;
}
