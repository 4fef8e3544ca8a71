import assert from 'node:assert/strict';
import { readFileSync, symlinkSync } from 'node:fs';
import path from 'node:path';
import { judge } from '../support/statuses.ts';
import { emptyWorkspace, removeWorkspaces } from '../support/workspaces.ts';
import { project } from './project.ts';

const SOURCE = `let calls = 0;
export const next = () => { calls += 1; return calls; };
export const far = (a, b) => (a > b ? a - b : b - a);
`;
const VITEST_TEST = `import { expect, it } from 'vitest';
import { far, next } from '../src/far.js';
it('counts', () => { expect(next()).toBe(1); });
it('is far', () => { expect([far(5, 1), far(1, 4), far(2, 2)]).toMatchSnapshot(); });
`;
const SNAPSHOT = `// Vitest Snapshot v1, https://vitest.dev/guide/snapshot.html

exports[\`is far 1\`] = \`
[
  4,
  3,
  0,
]
\`;
`;
const VITEST = {
  'src/far.js': SOURCE,
  'test/far.test.js': VITEST_TEST,
  'test/__snapshots__/far.test.js.snap': SNAPSHOT,
};

const TS_JEST = {
  'jest.config.cjs': "module.exports = { transform: { '\\\\.ts$': 'ts-jest' } };\n",
  'tsconfig.json': '{ "compilerOptions": { "module": "commonjs", "target": "es2022", "strict": true, "types": [] } }',
  'test/far.test.ts': `import { far } from '../src/far';
// @ts-ignore: the types of Jest are not installed.
test('is far', () => { const all: number[] = [far(5, 1), far(1, 4)]; expect(all).toEqual([4, 3]); });
`,
};

/** Ways to run tests that need packages of their own: each is judged hot, and as the project's own test command says. */
const VARIANTS: { title: string; packages: string[]; files: Record<string, string>; script: string }[] = [
  {
    title: 'a VM pool with jsdom',
    packages: ['vitest@3', 'vite@6', 'jsdom@26'],
    files: { ...VITEST, 'vitest.config.js': "export default { test: { pool: 'vmThreads', environment: 'jsdom' } };\n" },
    script: 'vitest run',
  },
  {
    title: 'snapshots in files, of which one is not in order',
    packages: ['vitest@2', 'vite@5'],
    files: {
      ...VITEST,
      'test/far.test.js': `${VITEST_TEST}it('is in a file', async () => { await expect(String(far(3, 1))).toMatchFileSnapshot('far.txt'); });\n`,
      'test/far.txt': '2',
      'test/__snapshots__/far.test.js.snap': `${SNAPSHOT}\n\n`,
      'test/near.test.js':
        "import { expect, it } from 'vitest';\nimport { far } from '../src/far.js';\nit('is near', () => { expect(far(1, 1)).toBe(0); });\n",
    },
    script: 'vitest run',
  },
  {
    title: 'a global setup without which tests are skipped',
    packages: ['vitest@4', 'vite@7'],
    files: {
      'src/far.js': 'export const far = (a, b) => (a > b ? a - b : b - a);\nexport const both = (a, b) => a + b;\n',
      'test/far.test.js': `import { expect, inject, it } from 'vitest';
import { far } from '../src/far.js';
it.runIf(inject('ready'))('is far', () => { expect([far(5, 1), far(1, 4)]).toEqual([4, 3]); });
`,
      'test/both.test.js': `import { expect, inject, it } from 'vitest';
import { both } from '../src/far.js';
it.runIf(inject('ready'))('is both', () => { expect(both(5, 1)).toBe(6); });
`,
      'setup.js': `import { setTimeout } from 'node:timers/promises';
export default async ({ provide }) => { await setTimeout(1000); provide('ready', true); };
`,
      'vitest.config.js': "export default { test: { globalSetup: 'setup.js' } };\n",
    },
    script: 'vitest run',
  },
  {
    title: 'TypeScript by a loader that is registered',
    packages: ['mocha@11', 'ts-node@10', 'typescript@5'],
    files: {
      'tsconfig.json': '{ "compilerOptions": { "module": "nodenext", "target": "es2022", "types": [] } }',
      'loader.mjs': "import { register } from 'node:module';\nregister('ts-node/esm', import.meta.url);\n",
      'src/far.ts': 'export const far = (a: number, b: number): number => (a > b ? a - b : b - a);\n',
      'test/far.ts': `import assert from 'assert';
import { far } from '../src/far.js';
// @ts-ignore: the types of Mocha are not installed.
it('is far', () => { const all: number[] = [far(5, 1), far(1, 4)]; assert.deepEqual(all, [4, 3]); });
`,
    },
    script: 'mocha --import=./loader.mjs test/*.ts',
  },
  {
    title: 'TypeScript by tsx on a Mocha that is an ES module',
    packages: ['mocha@12', 'tsx@4'],
    files: {
      'src/far.ts': 'export const far = (a: number, b: number): number => (a > b ? a - b : b - a);\n',
      'test/far.ts': `import assert from 'assert';
import { far } from '../src/far.js';
it('is far', () => { const all: number[] = [far(5, 1), far(1, 4)]; assert.deepEqual(all, [4, 3]); });
`,
    },
    script: 'mocha --import=tsx test/*.ts',
  },
  {
    title: 'TypeScript by ts-jest, of which each file can be compiled by itself',
    packages: ['jest@30', 'ts-jest@29', 'typescript@5'],
    files: { ...TS_JEST, 'src/far.ts': 'export const far = (a: number, b: number): number => (a > b ? a - b : b - a);\n' },
    script: 'jest',
  },
  {
    title: 'TypeScript by ts-jest, of which a file can only be compiled with another',
    packages: ['jest@30', 'ts-jest@29', 'typescript@5'],
    files: {
      ...TS_JEST,
      'src/sign.d.ts': 'export declare const enum Sign { minus = -1 }\n',
      'src/far.ts': "import { Sign } from './sign';\nexport const far = (a: number, b: number): number => (a > b ? a - b : (a - b) * Sign.minus);\n",
    },
    script: 'jest',
  },
  {
    title: 'tests that look at what Jest puts behind its globals',
    packages: ['jest@30', 'ts-jest@29', 'typescript@5'],
    files: {
      'src/far.cjs': 'exports.far = (a, b) => (a > b ? a - b : b - a);\n',
      'test/far.test.cjs': `const { far } = require('../src/far.cjs');
it('is far', () => { expect(far(5, 1)).toBe(4); expect(far(1, 4)).toBe(3); });
it('is in a realm of its own', () => { expect(globalThis.constructor).not.toBe(Object); });
`,
    },
    script: 'jest',
  },
];

describe('ways to run tests', () => {
  after(removeWorkspaces);

  for (const { title, packages, files, script } of VARIANTS) {
    it(title, async () => {
      const manifest = { name: 'variant', private: true, type: 'module', scripts: { test: script } };
      const directory = emptyWorkspace({ ...files, 'package.json': JSON.stringify(manifest) });
      symlinkSync(path.join(project(script.split(' ')[0] as string, packages), 'node_modules'), path.join(directory, 'node_modules'), 'junction');
      const { said } = await judge(directory, 'src', '--verify', '6');
      assert.match(said, /judged by Assay hot/);
      assert.match(said, /verified 6 of \d+: 6 right, 0 wrong/);
      for (const [file, text] of Object.entries(files)) assert.equal(readFileSync(path.join(directory, file), 'utf8'), text, `${file} is as it was`);
    });
  }
});
