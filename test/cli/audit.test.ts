import assert from 'node:assert/strict';
import { readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { assay } from '../support/assay.ts';
import { assertSchema } from '../support/schemas.ts';
import { emptyWorkspace, removeWorkspaces } from '../support/workspaces.ts';

const GOOD =
  "import { expect, it } from 'vitest';\nimport { add } from '../src/add.js';\nit('adds', () => {\n  expect(add(1, 2)).toBe(3);\n  expect(add(0, 0)).toBe(0);\n});\n";
const BAD =
  "import { expect, it } from 'vitest';\nimport { add } from '../src/add.js';\nit('adds', () => {\n  expect(add(1, 2)).resolves.toBe(3);\n});\nit.skip('waits', () => {\n  expect(add(1, 1)).toBe(2);\n});\n";
const PYTHON = 'from shop import add\n\ndef test_add():\n    assert add(1, 2) == 3\n';

const SCHEMA = JSON.parse(readFileSync(fileURLToPath(new URL('../../docs/audit.schema.json', import.meta.url)), 'utf8')) as {
  required: string[];
  properties: { summary: { required: string[] } };
  definitions: { test: { required: string[] } };
};

/** `assay audit` as a person calls it. */
describe('assay audit', () => {
  let directory: string;

  before(() => {
    directory = emptyWorkspace({
      'test/good.test.js': GOOD,
      'test/bad.test.js': BAD,
      'tests/test_add.py': PYTHON,
      'src/add.js': 'export const add = (a, b) => a + b;\n',
    });
  });
  after(removeWorkspaces);

  it('prints what is wrong and how strong the tests are', async () => {
    const { status, out } = await assay(directory, ['audit']);
    assert.equal(status, 0);
    assert.equal(
      out,
      [
        'test/bad.test.js',
        '  4:3 unawaited-assertion Nothing waits for this: the test has passed before it is known whether it holds.',
        '  6:1 skipped-test This test is not run.',
        '',
        '4 tests in 3 files: 1 execution only, 0 weak, 1 behaviour, 1 comprehensive, 1 not run. Mean strength 54.0.',
        '      1 unawaited-assertion: an assertion that nothing waits for',
        '      1 skipped-test: a test that is not run',
        '',
      ].join('\n'),
    );
  });

  it('prints what is only hinted at where that is asked for, and has it in all formats', async () => {
    const loop =
      "import { expect, it } from 'vitest';\nimport { list } from './list.js';\nit('lists', () => {\n  expect(list(1)).toBeDefined();\n  for (const one of list()) expect(one).toBe(1);\n});\n";
    const hinted = emptyWorkspace({ 'a.test.js': loop });
    const plain = await assay(hinted, ['audit', '--json', 'a.json', '--sarif', 'a.sarif', '--markdown', 'a.md', '--break-below', '10']);
    assert.equal(plain.status, 0);
    assert.match(plain.out, /^1 tests in 1 files: [^\n]*\n1 hint besides: --hints shows them\.\n$/);
    const { out } = await assay(hinted, ['audit', '--hints']);
    assert.match(out, /^a\.test\.js\n {2}5:29 hint conditional-assertion This runs only if [^\n]*\n\n1 tests [^\n]*\n1 hint besides\.\n$/);
    const read = (name: string) => readFileSync(path.join(hinted, name), 'utf8');
    const json = JSON.parse(read('a.json'));
    assertSchema('audit', json);
    assert.deepEqual([json.summary.findings, json.summary.hints, json.files[0].findings[0].severity], [{}, 1, 'hint']);
    assert.deepEqual(
      JSON.parse(read('a.sarif')).runs[0].results.map(({ ruleId, level }: { ruleId: string; level: string }) => [ruleId, level]),
      [['conditional-assertion', 'note']],
    );
    assert.match(
      read('a.md'),
      /## Hints\n\n[^|]*\n\| Rule \| Where \| \|\n\| --- \| --- \| --- \|\n\| conditional-assertion \| a\.test\.js:5 \| This runs only if/,
    );
    assert.doesNotMatch(read('a.md'), /\| Finding \|/);
  });

  it('prints each test where that is asked for', async () => {
    const { out } = await assay(directory, ['audit', '--tests', 'test/good.test.js', 'tests']);
    assert.match(out, /test\/good\.test\.js\n {2}3: {2}82 comprehensive adds\n/);
    assert.match(out, /tests\/test_add\.py\n {2}3: {2}70 behaviour test_add\n/);
  });

  it("goes by a project's own rules and severities, in all formats, and does not begin with one that is none", async () => {
    const rule = { id: 'no-add', message: 'Add | nothing.', languages: ['javascript'], query: '((identifier) @finding (#eq? @finding "add"))' };
    const shop = (query = rule.query) =>
      emptyWorkspace({
        'a.test.js': BAD,
        'assay.config.json': JSON.stringify(
          { audit: { rules: [{ ...rule, query }], severities: { 'skipped-test': 'off', 'unawaited-assertion': 'information' } } },
          null,
          2,
        ),
      });
    const own = shop();
    const { status, out } = await assay(own, ['audit', '--sarif', 'a.sarif', '--markdown', 'a.md', '--json', 'a.json']);
    assert.equal(status, 0);
    assert.match(out, /^a\.test\.js\n {2}4:3 unawaited-assertion .*\n {2}4:10 no-add Add \| nothing\.\n {2}7:10 no-add /);
    assert.match(out, / {6}2 no-add: add \| nothing\.\n/);
    const read = (name: string) => readFileSync(path.join(own, name), 'utf8');
    const [run] = JSON.parse(read('a.sarif')).runs;
    assert.deepEqual(
      run.results.map(({ ruleId, level }: { ruleId: string; level: string }) => [ruleId, level]),
      [
        ['unawaited-assertion', 'note'],
        ['no-add', 'warning'],
        ['no-add', 'warning'],
      ],
    );
    assert.ok(
      run.tool.driver.rules.some(
        ({ id, shortDescription }: { id: string; shortDescription: { text: string } }) => id === 'no-add' && shortDescription.text === rule.message,
      ),
    );
    assert.match(read('a.md'), /\| no-add \| Add \\\| nothing\. \| 2 \|/);
    const json = JSON.parse(read('a.json'));
    assertSchema('audit', json);
    assert.deepEqual(json.summary.findings, { 'unawaited-assertion': 1, 'no-add': 2 });
    const wrong = await assay(shop('(no_such_node) @finding'), ['audit']);
    assert.deepEqual([wrong.status, wrong.out], [2, '']);
    assert.match(wrong.err, /assay\.config\.json:10:18: This is no query for javascript: Bad node name 'no_such_node'\.\n {2}Correct it\./);
  });

  it('writes JSON, SARIF and Markdown', async () => {
    const { status } = await assay(directory, ['audit', '--json', 'a.json', '--sarif', 'a.sarif', '--markdown', 'a.md']);
    assert.equal(status, 0);
    const read = (name: string) => readFileSync(path.join(directory, name), 'utf8');
    const json = JSON.parse(read('a.json')) as { summary: { strength: number }; files: { path: string; tests: { strength: number }[] }[] };
    assert.deepEqual(
      json.files.map(({ path: file, tests }) => [file, tests.map(({ strength }) => strength)]),
      [
        ['test/bad.test.js', [10, 0]],
        ['test/good.test.js', [82]],
        ['tests/test_add.py', [70]],
      ],
    );
    const [test] = json.files[0]?.tests ?? [];
    assert.deepEqual(Object.keys(test ?? {}), SCHEMA.definitions.test.required);
    assert.deepEqual(Object.keys(json), SCHEMA.required);
    assert.deepEqual(Object.keys(json.summary), SCHEMA.properties.summary.required);
    const sarif = JSON.parse(read('a.sarif')) as { runs: { results: { ruleId: string; level: string }[] }[] };
    assert.deepEqual(
      sarif.runs[0]?.results.map(({ ruleId, level }) => `${ruleId} ${level}`),
      ['unawaited-assertion error', 'skipped-test note'],
    );
    assert.match(read('a.md'), /\| unawaited-assertion \| An assertion that nothing waits for \| 1 \|/);
  });

  it('ends with 1 below the strength that was asked for', async () => {
    assert.equal((await assay(directory, ['audit', '--break-below', '54'])).status, 0);
    const { status, err } = await assay(directory, ['audit', '--break-below', '54.1']);
    assert.equal(status, 1);
    assert.match(err, /The mean strength 54\.0 is below 54\.1\./);
  });

  it('says what it could not look at, and where there is nothing', async () => {
    const missing = await assay(directory, ['audit', 'nowhere']);
    assert.equal(missing.status, 2);
    assert.match(missing.err, /there is no "nowhere"/);
    const none = await assay(directory, ['audit', 'src']);
    assert.equal(none.status, 2);
    assert.match(none.err, /No tests were found/);
    writeFileSync(path.join(directory, 'test/huge.test.js'), `// ${'x'.repeat(2_100_000)}\n`);
    writeFileSync(path.join(directory, 'test/binary.test.js'), Buffer.from(Array.from({ length: 5000 }, (_, i) => (i * 37) % 256)));
    writeFileSync(path.join(directory, 'test/broken.test.js'), "it('breaks', () => {\n  expect(");
    writeFileSync(
      path.join(directory, 'test/deep.test.js'),
      `it('nests', () => {\n  expect(${'['.repeat(5000)}${']'.repeat(5000)}).toEqual(1);\n});\n`,
    );
    const { status, err } = await assay(directory, ['audit']);
    assert.equal(status, 0, err);
    assert.match(err, /test\/huge\.test\.js was not looked at/);
  });

  it('goes through many files in threads, in their order', async () => {
    const many = emptyWorkspace(
      Object.fromEntries(Array.from({ length: 100 }, (_, i) => [`test/${String(i).padStart(3, '0')}.test.js`, i % 2 ? BAD : GOOD])),
    );
    const { status, out } = await assay(many, ['audit', '--json', '-']);
    assert.equal(status, 0);
    const { files, summary } = JSON.parse(out) as { files: { path: string }[]; summary: { tests: number } };
    assert.equal(summary.tests, 150);
    assert.deepEqual(
      files.map(({ path: file }) => file),
      files.map(({ path: file }) => file).sort(),
    );
  });

  it('says which option is wrong', async () => {
    const { status, err } = await assay(directory, ['audit', '--break-below', 'x']);
    assert.equal(status, 2);
    assert.match(err, /--break-below takes a number from 0 to 100, not "x"\./);
  });
});
