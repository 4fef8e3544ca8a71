import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { ResultBook } from '../../engine/mutation/index.ts';
import { assay } from '../support/assay.ts';
import { judge } from '../support/statuses.ts';
import { copyFixture, removeWorkspaces, write } from '../support/workspaces.ts';

/** A file in which tests run `note` and `label` and would not miss them, miss `save`, and run neither `clear` nor `unused`, which they make. */
const SOURCE = `class Journal {
  constructor() {
    this.entries = [];
  }

  note(text) {
    if (text) {
      this.entries.push(text);
    }
  }

  clear() {
    this.entries.splice(0).forEach((entry) => this.note(entry));
  }
}

function save(order, journal) {
  journal.note(label(order));
  return order;
}

const label = (order) => 'saved ' + order;
const unused = (order) => 'unused ' + order;
`;
const MODULE = `${SOURCE}export { Journal, save };\n`;
const TESTS = `
test('is saved', () => assert.equal(save(1, new Journal()), 1));
test('is saved again', () => assert.equal(save(2, new Journal()), 2));
`;
const ASSERT = "import assert from 'node:assert';\nimport { Journal, save } from '../lib/journal";

/** The same on each framework. */
const PROJECTS: Record<string, Record<string, string>> = {
  vitest: { 'lib/journal.ts': MODULE, 'test/journal.test.ts': `import { test } from 'vitest';\n${ASSERT}.ts';${TESTS}` },
  jest: {
    'lib/journal.js': `${SOURCE}module.exports = { Journal, save };\n`,
    '__tests__/journal.test.js': `const assert = require('node:assert');\nconst { Journal, save } = require('../lib/journal');${TESTS}`,
  },
  mocha: { 'lib/journal.js': MODULE, 'test/unit/journal.test.js': `${ASSERT.replace('../', '../../')}.js';\nconst test = it;${TESTS}` },
  'node-test': { 'lib/journal.js': MODULE, 'test/journal.test.js': `import { test } from 'node:test';\n${ASSERT}.js';${TESTS}` },
};

describe('assay mutate --extreme', () => {
  after(removeWorkspaces);

  for (const [fixture, files] of Object.entries(PROJECTS)) {
    describe(`on ${fixture}`, () => {
      const [source = ''] = Object.keys(files);
      const directory = () => copyFixture(fixture, files);

      it('lists the functions that no test would miss with the tests that run them, and those that no test runs', async () => {
        const { status, out, err } = await assay(directory(), ['mutate', '--extreme', source]);
        assert.equal(status, 0, err);
        const [missing = '', notRun = '', summary = ''] = out.split(/\n\n(?=No test runs|\d of)/);
        assert.match(missing, /^Tests run these functions, and none would miss them:\n\n/);
        assert.match(missing, new RegExp(`^${source}:22:7 {2}\`label\`\n {4}2 tests run it in .*ms: "is saved", "is saved again"$`, 'm'));
        assert.match(missing, new RegExp(`^${source}:6:3 {2}\`Journal\\.note\`\n {4}2 tests run it in .*ms: "is saved", "is saved again"$`, 'm'));
        assert.match(notRun, new RegExp(`:\n\n${source}:12:3 {2}\`Journal\\.clear\`\n${source}:23:7 {2}\`unused\`$`), 'and not what stands in it');
        assert.match(summary, /^2 of 6 functions pseudo-tested.*\n2 would be missed, 2 not run\n/);
        assert.match(err, /7 of 7 functions · 2 would not be missed/);
      });

      if (fixture !== 'node-test') {
        it('judges as StrykerJS does', async () => {
          const here = directory();
          const ours = await judge(here, '--extreme', source);
          const theirs = await judge(here, '--extreme', '--reference', source);
          assert.match(theirs.said, /judged by StrykerJS/);
          assert.equal(Object.keys(ours.statuses).length, 7);
          assert.deepEqual(ours.statuses, theirs.statuses);
        });
      }
    });
  }

  it('leaves the results of other mutants as they are, and makes no score', async () => {
    const source = 'lib/journal.js';
    const directory = copyFixture('mocha', PROJECTS['mocha']);
    const stored = () => {
      const book = new ResultBook(directory);
      const pieces = ['lib/range.js', source].flatMap((file) => book.pieces(file));
      const found = pieces.map(({ name, scanned, judgedAt, mutants }) => [
        name,
        { scanned, judgedAt, mutants: [...mutants.values()].map(({ status }) => status) },
      ]);
      book.close();
      return Object.fromEntries(found) as Record<string, { scanned: boolean; judgedAt: number; mutants: string[] }>;
    };
    await assay(directory, ['mutate', 'lib/range.js']);
    const before = stored();
    const said = await assay(directory, ['mutate', '--extreme', '--json', '-', '--markdown', 'out.md', '--sarif', 'out.sarif']);
    const after = stored();
    assert.ok((before['Range.intersect']?.mutants.length ?? 0) > 3);
    for (const [name, piece] of Object.entries(before)) assert.deepEqual(after[name], piece);
    assert.deepEqual([after['Journal.note']?.scanned, after['Journal.note']?.mutants], [true, ['Survived']]);

    const report = JSON.parse(said.out) as { config: object; files: Record<string, { mutants: { mutatorName: string }[] }> };
    assert.deepEqual(report.config, { extreme: true });
    const mutators = Object.values(report.files).flatMap(({ mutants }) => mutants.map(({ mutatorName }) => mutatorName));
    assert.deepEqual([mutators.length, [...new Set(mutators)].sort()], [12, ['ArrowFunction', 'BlockStatement']]);
    const markdown = readFileSync(path.join(directory, 'out.md'), 'utf8');
    assert.match(markdown, /^# fixture-mocha: 2 of 11 functions pseudo-tested\n/);
    assert.match(markdown, /- lib\/journal\.js:6: No test would miss `Journal\.note`: its body can be removed and 2 tests that run it still pass\./);
    const sarif = JSON.parse(readFileSync(path.join(directory, 'out.sarif'), 'utf8')) as Sarif;
    const result = sarif.runs[0]?.results.find(({ message }) => message.text.startsWith('No test would miss `Journal.note`'));
    assert.deepEqual(result?.locations[0]?.physicalLocation.region, { startLine: 6, startColumn: 3, endLine: 6, endColumn: 7 });

    await assay(directory, ['mutate', source]);
    assert.equal(stored()['Journal.note']?.scanned, false);
    assert.ok((stored()['Journal.note']?.mutants.length ?? 0) > 1);
  });

  it('judges only functions changed since a ref', async () => {
    const directory = copyFixture('mocha', { '.gitignore': 'node_modules\n' });
    const git = (...args: string[]) => execFileSync('git', ['-c', 'user.name=t', '-c', 'user.email=t@t', ...args], { cwd: directory });
    git('init', '-q');
    git('add', '.');
    git('commit', '-qm', 'first');
    const text = readFileSync(path.join(directory, 'lib/range.js'), 'utf8');
    write(directory, 'lib/range.js', text.replace('return this.end - this.start;', 'return this.end - this.start; // half-open'));
    const { statuses } = await judge(directory, '--extreme', '--since', 'HEAD');
    assert.deepEqual(Object.keys(statuses), ['lib/range.js:9:14-11:4 BlockStatement {}']);
  });

  it('says where there is nothing to remove, and what it cannot tell', async () => {
    const directory = copyFixture('mocha', { 'lib/none.js': 'export const none = () => {};\nexport const answer = 6 * 7;\n' });
    const nothing = await assay(directory, ['mutate', '--extreme', 'lib/none.js']);
    assert.deepEqual(
      [nothing.status, /Nothing to remove: the code that was asked for has no function with a body\./.test(nothing.err)],
      [0, true],
      nothing.err,
    );
    const score = await assay(directory, ['mutate', '--extreme', '--break-below', '80']);
    assert.deepEqual([score.status, /--break-below needs the mutation score, which --extreme does not tell/.test(score.err)], [2, true]);
  });
});

interface Sarif {
  runs: { results: { message: { text: string }; locations: { physicalLocation: { region: object } }[] }[] }[];
}
