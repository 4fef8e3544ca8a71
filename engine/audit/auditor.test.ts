import assert from 'node:assert/strict';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { Auditor } from './auditor.ts';

describe('an auditor', () => {
  let directory: string;
  const file = (name: string) => path.join(directory, name);
  const CASES: Record<string, string> = {
    'a.test.js': "it('runs a saga', () => {\n  runSaga(add, 1).returns(2).run();\n});\n",
    'b.test.js': "it('looks at a page', () => {\n  page.looksLike('Save');\n});\n",
    'test_a.py': 'def test_sum():\n    page.looksLike("Save")\n',
    'a_test.go': 'package a\n\nfunc TestSum(t *testing.T) {\n\tpage.looksLike("Save")\n}\n',
    'a.rs': '#[test]\nfn sum() {\n    runSaga(1);\n}\n',
  };

  beforeEach(() => {
    directory = mkdtempSync(path.join(tmpdir(), 'assay-audit-'));
  });
  afterEach(() => rmSync(directory, { recursive: true }));

  it('takes what the project names for assertions, in each language', async () => {
    writeFileSync(file('assay.config.json'), JSON.stringify({ audit: { assertions: ['runSaga', 'page.looks*'] } }));
    const auditor = await Auditor.create();
    for (const [name, text] of Object.entries(CASES)) {
      await auditor.prepare(name);
      assert.deepEqual(
        auditor.audit(file(name), text)?.tests.map(({ strength }) => strength),
        [69],
        name,
      );
    }
  });

  it('knows nothing of them without a configuration that can be read', async () => {
    writeFileSync(file('assay.config.json'), '{ broken');
    const auditor = await Auditor.create();
    const [test] = auditor.audit(file('b.test.js'), CASES['b.test.js'] ?? '')?.tests ?? [];
    assert.deepEqual(
      test?.findings.map(({ rule }) => rule),
      ['no-assertion'],
    );
  });

  it('keeps apart what is written twice, and what depends on what stands around it', async () => {
    const test =
      "it('is the same', () => {\n  if (add(1)) {\n    expect(add(1, 2)).toBe(3);\n    expect(add(2, 2)).toBe(4);\n    expect(add(3, 2)).toBe(5);\n    expect(add(4, 2)).toBe(6);\n  }\n});\n";
    const twice = `describe('A', () => {\n${test}});\ndescribe.skip('B', () => {\n${test}});\n`;
    const nested = (list: string) =>
      `import test from 'node:test';\ntest('outer', async (t) => {\n  const list = ${list};\n  await t.test('inner', () => {\n    for (const one of list) t.assert.equal(add(one, one), 2 * one, 'the sum of a number and itself, which is twice the number');\n  });\n});\n`;
    for (const texts of [
      [twice, twice.replace("'A'", "'AA'"), twice],
      [nested('[1, 2]'), nested('load()'), nested('[1]')],
    ]) {
      const [again, once] = [await Auditor.create(), await Auditor.create()];
      for (const text of texts) assert.deepEqual(again.auditAgain(file('a.test.js'), text), once.audit(file('a.test.js'), text));
    }
  });

  it('removes an assertion only where nothing takes its place', async () => {
    const auditor = await Auditor.create();
    const fixes = (text: string) =>
      auditor.audit(file('a.test.js'), text)?.findings.flatMap((finding) => finding.fixes?.map(({ title }) => title) ?? []);
    assert.deepEqual(fixes("it('a', () => {\n  expect(true).toBe(true);\n});\n"), ['Remove this assertion']);
    assert.deepEqual(fixes("it('a', () => {\n  if (f()) expect(true).toBe(true);\n  expect(g()).toBe(2);\n});\n"), []);
    assert.deepEqual(fixes("it('a', (done) => {\n  expect(p()).resolves.toBe(1);\n  setTimeout(done, 10);\n});\n"), []);
  });

  it('follows helpers into other files of Python and Go', async () => {
    mkdirSync(file('tests'));
    writeFileSync(
      file('tests/helpers.py'),
      'from .more import check_more\n\ndef check(a):\n    assert a == 3\n\nclass Base:\n    def look(self, a):\n        assert a is not None\n',
    );
    writeFileSync(file('tests/more.py'), 'def check_more(a):\n    assert a == 3\n');
    writeFileSync(file('more_test.go'), 'package a\n\nfunc mustBe(t *testing.T, a int) {\n\tif a != 3 {\n\t\tt.Error(a)\n\t}\n}\n');
    const auditor = await Auditor.create();
    await auditor.prepare('a.py');
    await auditor.prepare('a.go');
    const python = [
      'from .helpers import Base, check as verify, check_more',
      'from tests import helpers',
      'def test_by_name():\n    verify(1)',
      'def test_by_module():\n    helpers.check(1)',
      'def test_handed_on():\n    check_more(1)',
      'class TestBase(Base):\n    def test_method(self):\n        self.look(1)',
      '',
    ].join('\n');
    assert.deepEqual(
      auditor.audit(file('tests/test_a.py'), python)?.tests.map(({ strength }) => strength),
      [70, 70, 70, 24],
    );
    const go = 'package a\n\nfunc TestA(t *testing.T) {\n\tmustBe(t, 1)\n}\n';
    assert.deepEqual(
      auditor.audit(file('a_test.go'), go)?.tests.map(({ strength }) => strength),
      [70],
    );
  });

  it('asks nothing of the whole test for each of thousands of assertions that are planned', async () => {
    const auditor = await Auditor.create();
    await auditor.prepare('a.test.js');
    const text = `import test from 'ava';\ntest('a', (t) => {\n  t.plan(6000);\n${'  t.is(a.b, 1);\n'.repeat(6000)}});\n`;
    assert.equal(auditor.audit(file('a.test.js'), text)?.tests[0]?.checks.length, 6000);
  }).timeout(10_000);

  it('reads what nests deeper than trees are copied: chains, sums, parentheses and calls of calls', async () => {
    const auditor = await Auditor.create();
    const values = [
      `a${'.b(c)'.repeat(1000)}`,
      `${'1 + '.repeat(1000)}1`,
      `${'('.repeat(1000)}1${')'.repeat(1000)}`,
      `${'f('.repeat(1000)}1${')'.repeat(1000)}`,
    ];
    for (const value of values) {
      const texts = {
        'a.test.js': `it('holds', () => {\n  const a = ${value};\n  expect(a).toBe(2);\n});\n`,
        'test_a.py': `def test_holds():\n    a = ${value}\n    assert a == 2\n`,
        'a_test.go': `package a\n\nfunc TestHolds(t *testing.T) {\n\ta := ${value}\n\tif a != 2 {\n\t\tt.Fatal(a)\n\t}\n}\n`,
        'a.rs': `#[test]\nfn holds() {\n    let a = ${value};\n    assert_eq!(a, 2);\n}\n`,
      };
      for (const [name, text] of Object.entries(texts)) {
        await auditor.prepare(name);
        const once = auditor.audit(file(name), text);
        assert.deepEqual(
          once?.tests.map(({ strength }) => strength),
          [70],
          `${name}: ${value.slice(0, 20)}`,
        );
        assert.deepEqual(auditor.auditAgain(file(name), text), once, name);
      }
    }
  });

  // Sixty times the work of an editor and of the command line each.
  it('comes to the same again and again as at once, wherever something is typed', async () => {
    const text = Array.from(
      { length: 30 },
      (_, i) =>
        `it('adds ${i}', async () => {\n  expect(add(${i}, 1)).resolves.toBe(${i + 1});\n  if (add(1)) expect(add(${i})).toBeTruthy();\n});\n`,
    ).join('');
    const [again, once] = [await Auditor.create(), await Auditor.create()];
    let typed = text;
    for (let i = 0; i < 60; i++) {
      const at = (i * 7919) % typed.length;
      typed =
        i % 3 === 0
          ? typed.slice(0, at) + typed.slice(at + 3)
          : `${typed.slice(0, at)}${['x', '\n', '}', "it('is new', () => {});\n"][i % 4]}${typed.slice(at)}`;
      assert.deepEqual(again.auditAgain(file('a.test.js'), typed), once.audit(file('a.test.js'), typed), `after ${i + 1} edits`);
    }
  }).timeout(20_000);
});
