import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { emptyWorkspace, removeWorkspaces } from '../../../test/support/workspaces.ts';
import { shippedFile } from '../../installation/index.ts';
import { PROJECT_CONFIG } from '../../workspace/index.ts';
import { Auditor } from '../auditor.ts';
import type { FileAudit } from '../model.ts';
import { marked } from '../testing/marks.ts';
import { configFailures, configProblems } from './problems.ts';

const TEST =
  "import { expect, it } from 'vitest';\nhelp();\nit('a', () => { help(1); expect(f()).toBe(1); });\nit.skip('b', () => { expect(getIt()).toBe(1); });\n";
const CALL = '(call_expression function: (identifier) @name (#eq? @name "help")) @finding';
const rule = (more: object = {}) => ({ id: 'no-help', message: 'Without help.', languages: ['typescript'], query: CALL, ...more });

/** What a configuration says of the audit, and what is found then in {@link TEST}, as `line: rule severity`. */
const CASES: [name: string, audit: object, found: string[]][] = [
  ['a rule, in tests', { rules: [rule()] }, ['2: no-help warning', '3: skipped-test information']],
  ['a rule, anywhere', { rules: [rule({ in: 'files' })] }, ['1: no-help warning', '2: no-help warning', '3: skipped-test information']],
  ['its severity', { rules: [rule({ severity: 'error' })] }, ['2: no-help error', '3: skipped-test information']],
  ['one of another language', { rules: [rule({ languages: ['python'] })] }, ['3: skipped-test information']],
  [
    'severities',
    { rules: [rule()], severities: { 'no-help': 'information', 'skipped-test': 'error' } },
    ['2: no-help information', '3: skipped-test error'],
  ],
  ['what is off', { rules: [rule()], severities: { 'no-help': 'off', 'skipped-test': 'off' } }, []],
  [
    'a pattern',
    { rules: [rule({ query: '((identifier) @finding (#like? @finding "get*t"))' })] },
    ['3: skipped-test information', '3: no-help warning'],
  ],
  [
    'none of a pattern',
    { rules: [rule({ query: '((identifier) @finding (#not-like? @finding "*e*") (#not-like? @finding "*t*"))' })] },
    ['2: no-help warning', '3: skipped-test information'],
  ],
  ['a place that is found twice', { rules: [rule({ query: `${CALL} ${CALL}` })] }, ['2: no-help warning', '3: skipped-test information']],
  [
    'a query that is none',
    { rules: [rule({ query: '(nothing) @finding' }), rule({ id: 'other' })] },
    ['2: other warning', '3: skipped-test information'],
  ],
];

/** What a configuration says of the audit, and what is wrong with it: the text there, and what is said. */
const PROBLEMS: [name: string, audit: object, at: string, says: RegExp][] = [
  [
    'no node',
    { rules: [rule(), rule({ id: 'b', query: '(nothing) @finding' })] },
    '"(nothing) @finding"',
    /no query for typescript: Bad node name 'nothing'/,
  ],
  ['no syntax', { rules: [rule({ query: '(call_expression' })] }, '"(call_expression"', /no query for typescript: Bad syntax/],
  ['nothing that is shown', { rules: [rule({ query: '(identifier) @name' })] }, '"(identifier) @name"', /nothing in it is called @finding/],
  [
    'a regular expression',
    { rules: [rule({ query: '((identifier) @finding (#match? @finding "a"))' })] },
    '"((identifier) @finding (#match? @finding \\"a\\"))"',
    /#match\? is not known here/,
  ],
  [
    'a pattern of nothing',
    { rules: [rule({ query: '((identifier) @finding (#like? "a" "b"))' })] },
    '"((identifier) @finding (#like? \\"a\\" \\"b\\"))"',
    /#like\? takes what was found and a pattern/,
  ],
  [
    'another language',
    { rules: [rule({ languages: ['typescript', 'go'], query: '(arrow_function) @finding' })] },
    '"(arrow_function) @finding"',
    /no query for go: Bad node name/,
  ],
  ["a rule of Assay's", { rules: [rule({ id: 'tautology' })] }, '"tautology"', /a rule of Assay's own/],
  ['a rule that is there', { rules: [rule(), rule()] }, '"no-help"', /another rule "no-help"/],
  ['a severity of no rule', { severities: { 'skipped-tests': 'off' } }, '"skipped-tests"', /There is no rule "skipped-tests"/],
  ['no configuration', { rule: [] }, '{', /"audit" has an unknown "rule"/],
];

describe("a project's own rules", () => {
  const withConfig = async (config: string, text: string, again = false): Promise<FileAudit> => {
    const auditor = await Auditor.create((file) => (file === path.join('/shop', PROJECT_CONFIG) ? config : undefined));
    const audit = again ? auditor.auditAgain('/shop/a.test.ts', text) : auditor.audit('/shop/a.test.ts', text);
    assert.ok(audit);
    return audit;
  };

  for (const [name, audit, expected] of CASES) {
    it(name, async () => {
      for (const again of [false, true]) {
        const { findings, tests } = await withConfig(JSON.stringify({ audit }), TEST, again);
        const line = (at: number) => TEST.slice(0, at).split('\n').length - 1;
        const severities: Record<string, string> = { 'skipped-test': 'information' };
        const told = findings.map(({ rule: id, start, severity = severities[id] }) => `${line(start)}: ${id} ${severity}`);
        assert.deepEqual(told, expected);
        const ofTests = tests.flatMap((test) => test.findings).length;
        assert.equal(ofTests, expected.filter((one) => !one.startsWith('1: ')).length, 'findings in tests are theirs');
      }
    });
  }

  it('hold for what is told: what is only hinted at stays so, or is off', async () => {
    const text = "import { expect, it } from 'vitest';\nit('a', () => { for (const one of list()) expect(one).toBe(1); });\n";
    const severityWith = async (severity: string) =>
      (await withConfig(JSON.stringify({ audit: { severities: { 'conditional-assertion': severity } } }), text)).findings.map((one) => one.severity);
    assert.deepEqual(await severityWith('error'), ['hint']);
    assert.deepEqual(await severityWith('off'), []);
  });

  it('do as the documentation says', async () => {
    const page = readFileSync(shippedFile('docs', 'audit.md'), 'utf8');
    const section = page.slice(page.indexOf('### Rules of a project'), page.indexOf('## What can be written in its place'));
    const [config = '', example = ''] = [/```json\n(.*?)```/s, /```ts\n(.*?)```/s].map((one) => one.exec(section)?.[1]);
    assert.deepEqual(await configProblems(config, 'x'), []);
    const text = example.replace(/^\/\/ *\^+ [\w-]+\n/gm, '');
    const withoutStrengths = marked(text, { tests: [], findings: (await withConfig(config, text)).findings }, '//');
    assert.equal(withoutStrengths, example);
  });

  it('that take too long say so, and no more', async () => {
    const text = `it('a', () => { f(${'a, '.repeat(20_000)}); });`;
    const query = `(arguments ${Array.from({ length: 9 }, (_, i) => `(identifier) @a${i}`).join(' ')}) @finding`;
    const before = performance.now();
    const { findings } = await withConfig(JSON.stringify({ audit: { rules: [rule({ query })] } }), text);
    assert.ok(performance.now() - before < 5000, `${performance.now() - before} ms`);
    assert.ok(findings.some(({ rule: id, start, message }) => id === 'no-help' && start === 0 && /takes too long/.test(message)));
  });
});

describe('what is wrong with a configuration', () => {
  for (const [name, audit, at, says] of PROBLEMS) {
    it(name, async () => {
      const text = JSON.stringify({ audit }, null, 2);
      const [problem, ...others] = await configProblems(text, '/shop/assay.config.json');
      assert.match(problem?.message ?? '', says);
      assert.deepEqual([problem && text.slice(problem.start, problem.end), others], [at, []]);
      // The last of several that are the same is the one.
      if (name === 'a rule that is there') assert.ok((problem?.start ?? 0) > text.indexOf(at) + 1);
    });
  }

  it('is told of the files that it holds for, by its line', async () => {
    const text = JSON.stringify({ audit: { rules: [rule({ query: '(' })] } }, null, 2);
    const directory = emptyWorkspace({ [PROJECT_CONFIG]: text, 'a/b/c.test.ts': '', 'd.test.ts': '' });
    const failures = await configFailures(['a/b/c.test.ts', 'd.test.ts'].map((file) => path.join(directory, file)));
    assert.deepEqual(
      failures.map(({ code, message }) => [code, message.startsWith(`${path.join(directory, PROJECT_CONFIG)}:10:18: This is no query`)]),
      [['invalid-config', true]],
    );
    removeWorkspaces();
  });
});
