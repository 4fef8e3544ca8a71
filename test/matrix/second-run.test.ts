import assert from 'node:assert/strict';
import { existsSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { verify } from '../support/proofs.ts';
import { project } from './project.ts';

const SOURCES = { 'steady.js': 'exports.steady = () => {\n  return 1;\n};\n', 'flaky.js': 'exports.flaky = () => {\n  return 2;\n};\n' };
/** A test that passes, and one that fails in the first run and passes in the second, each in a file of its own. */
const tests = (head: string) => ({
  'steady.test.cjs': `${head}it('is steady', () => { require('./steady.js').steady(); });\n`,
  'flaky.test.cjs': `${head}const fs = require('node:fs');\nit('is flaky', () => {\n  require('./flaky.js').flaky();\n  if (!fs.existsSync('ran')) {\n    fs.writeFileSync('ran', '');\n    throw new Error('first');\n  }\n});\n`,
});

const TOOLS = [
  { packages: ['c8@10'], script: 'c8 --reporter=lcovonly --100 node --test', head: "const { it } = require('node:test');\n" },
  { packages: ['nyc@17', 'mocha@11'], script: "nyc --reporter=lcovonly mocha '*.test.cjs'", head: '' },
  {
    packages: ['vitest@2', 'vite@5', '@vitest/coverage-v8@2'],
    script: 'vitest run --globals --coverage --coverage.reporter=lcovonly --coverage.all=false --coverage.reportOnFailure',
    head: '',
  },
];

/** When failing tests run once more, what a project's own tool reported of all tests must stay. */
describe('the report of coverage after a second run', () => {
  for (const { packages, script, head } of TOOLS)
    it(packages[0] as string, async () => {
      const directory = project('mocha', packages);
      for (const name of ['ran', 'coverage', 'test', 'lib']) rmSync(path.join(directory, name), { recursive: true, force: true });
      for (const [name, text] of Object.entries({ ...SOURCES, ...tests(head) })) writeFileSync(path.join(directory, name), text);
      writeFileSync(path.join(directory, 'package.json'), JSON.stringify({ private: true, scripts: { test: script } }));
      const { rungs } = await verify(directory, '--level', 'test', '--only', '--coverage');
      const { test } = rungs;
      assert.deepEqual(test?.tests?.flaky, ['is flaky'], `${test?.summary} ${test?.notes}`);
      assert.equal(existsSync(path.join(directory, 'ran')), true);
      const report = readFileSync(path.join(directory, 'coverage', 'lcov.info'), 'utf8');
      for (const name of ['steady', 'flaky']) assert.match(report, new RegExp(`SF:.*${name}\\.js`));
      const ours = test as unknown as { coverage: { files: { file: string; lines: { covered: number; total: number } }[] } };
      const covered = ours.coverage.files.filter(({ file, lines }) => file in SOURCES && lines.covered === lines.total);
      assert.deepEqual(covered.map(({ file }) => file).sort(), Object.keys(SOURCES).sort());
    });
});
