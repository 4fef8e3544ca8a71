import assert from 'node:assert/strict';
import path from 'node:path';
import { emptyWorkspace, removeWorkspaces } from '../../test/support/workspaces.ts';
import { findPackage } from './package.ts';

type Files = Record<string, string | object>;

/** An installed framework. */
const installed = (name: string, version: string, folder = '.'): Files => ({
  [path.posix.join(folder, 'node_modules', name, 'package.json')]: { name, version },
});

interface Case {
  /** Objects are written as JSON. */
  files: Files;
  /** The file whose package is looked for; `src/a.js` where missing. */
  target?: string;
  /** The workspace folder, relative; the top where missing. */
  folder?: string;
  /** `framework version @ directory < root`, or the code of the failure. */
  finds: string;
  /** Evidence that must be among what is said, as `file:line says` with paths from the top; or words of the failure's message. */
  says?: string[];
}

const CASES: Record<string, Case> = {
  'the script decides, and says its line': {
    files: {
      'package.json': '{\n  "name": "a",\n  "scripts": {\n    "test": "mocha"\n  },\n  "devDependencies": { "jest": "1" }\n}',
      'jest.config.js': '',
      ...installed('mocha', '11.0.0'),
      ...installed('jest', '29.0.0'),
    },
    finds: 'mocha 11.0.0 @ . < .',
    says: ['package.json:4 the script "test" runs mocha', 'node_modules/mocha/package.json mocha 11.0.0 is installed'],
  },
  'the script test:unit where test starts nothing known': {
    files: { 'package.json': { scripts: { test: 'run-s lint test:unit', 'test:unit': 'vitest run' } }, ...installed('vitest', '3.0.0') },
    finds: 'vitest 3.0.0 @ . < .',
    says: ['package.json:1 the script "test:unit" runs vitest'],
  },
  'a configuration file decides where no script does': {
    files: { 'package.json': '{"devDependencies":{\n"vitest":"1",\n"jest":"1"}}', 'jest.config.ts': '', ...installed('jest', '30.1.0') },
    finds: 'jest 30.1.0 @ . < .',
    says: ['package.json:3 jest is a dependency', 'jest.config.ts jest is configured in jest.config.ts'],
  },
  'a configuration in package.json': {
    files: { 'package.json': { jest: { testMatch: ['**/*.spec.js'] } }, ...installed('jest', '29.7.0') },
    finds: 'jest 29.7.0 @ . < .',
    says: ['package.json jest is configured in package.json', ' tests are **/*.spec.js (package.json, "jest.testMatch")'],
  },
  'a Vite configuration with tests': {
    files: { 'package.json': {}, 'vite.config.ts': 'export default { test: { globals: true } }', ...installed('vitest', '2.1.0') },
    finds: 'vitest 2.1.0 @ . < .',
    says: ['vite.config.ts vitest is configured in vite.config.ts'],
  },
  'a Vite configuration without tests configures nothing': {
    files: { 'package.json': {}, 'vite.config.ts': 'export default { plugins: [latest] }', ...installed('vitest', '2.1.0') },
    finds: 'no-framework',
  },
  'a dependency is enough': {
    files: { 'package.json': { devDependencies: { mocha: '^10' } }, ...installed('mocha', '10.8.2') },
    finds: 'mocha 10.8.2 @ . < .',
    says: ['package.json:1 mocha is a dependency', ' tests are ./test/*.{js,cjs,mjs} (default of mocha)'],
  },
  'positional arguments of Mocha are its tests': {
    files: { 'package.json': { scripts: { test: 'mocha -r tsx/cjs --timeout 5000 "spec/**/*.ts"' } }, ...installed('mocha', '11.0.0') },
    finds: 'mocha 11.0.0 @ . < .',
    says: [' tests are spec/**/*.ts (test script)'],
  },
  'the nearest configured package': {
    files: {
      'package.json': { workspaces: ['packages/*'], scripts: { test: 'jest' } },
      'packages/a/package.json': { name: '@x/a', scripts: { test: 'vitest run' } },
      ...installed('jest', '29.0.0'),
      ...installed('vitest', '3.2.0', 'packages/a'),
    },
    target: 'packages/a/src/b/c.ts',
    finds: 'vitest 3.2.0 @ packages/a < .',
    says: ['packages/a/package.json the nearest package with vitest', 'package.json an npm or yarn workspace'],
  },
  'a nearer package that only depends on a framework is judged by the one above that starts it': {
    files: {
      'package.json': { workspaces: ['packages/*'], scripts: { test: 'jest' } },
      'packages/a/package.json': { devDependencies: { jest: '*' } },
      ...installed('jest', '29.0.0'),
    },
    target: 'packages/a/src/b.ts',
    finds: 'jest 29.0.0 @ . < .',
  },
  'a nearer package that depends on a framework that nothing above starts': {
    files: {
      'package.json': { workspaces: ['packages/*'] },
      'packages/a/package.json': { devDependencies: { jest: '*' } },
      ...installed('jest', '29.0.0'),
    },
    target: 'packages/a/src/b.ts',
    finds: 'jest 29.0.0 @ packages/a < .',
    says: ['node_modules/jest/package.json jest 29.0.0 is installed'],
  },
  'a nearer package without a word of tests': {
    files: {
      'package.json': { scripts: { test: 'vitest' } },
      'packages/a/package.json': { name: 'a' },
      ...installed('vitest', '3.0.0'),
    },
    target: 'packages/a/src/b.ts',
    finds: 'vitest 3.0.0 @ . < .',
  },
  'a pnpm workspace above the open folder': {
    files: {
      'pnpm-workspace.yaml': 'packages:\n  - "packages/*"\n',
      'package.json': {},
      'packages/a/package.json': { scripts: { test: 'vitest run' } },
      ...installed('vitest', '3.0.0', 'packages/a'),
    },
    target: 'packages/a/src/b.ts',
    folder: 'packages/a',
    finds: 'vitest 3.0.0 @ packages/a < .',
    says: ['pnpm-workspace.yaml a pnpm workspace'],
  },
  'a pnpm file with settings only is no workspace': {
    files: {
      'pnpm-workspace.yaml': 'onlyBuiltDependencies:\n  - esbuild\n',
      'a/package.json': { scripts: { test: 'vitest run' } },
      ...installed('vitest', '3.0.0', 'a'),
    },
    target: 'a/src/b.ts',
    folder: 'a',
    finds: 'vitest 3.0.0 @ a < a',
  },
  'yarn workspaces in the long form, with the framework hoisted': {
    files: {
      'package.json': { workspaces: { packages: ['packages/*'], nohoist: [] } },
      'packages/a/package.json': { scripts: { test: 'mocha' } },
      ...installed('mocha', '9.2.2'),
    },
    target: 'packages/a/b.ts',
    folder: 'packages/a',
    finds: 'mocha 9.2.2 @ packages/a < .',
    says: ['node_modules/mocha/package.json mocha 9.2.2 is installed'],
  },
  'the search for a root ends at a repository': {
    files: {
      'package.json': { workspaces: ['*'] },
      'a/.git/HEAD': '',
      'a/package.json': { scripts: { test: 'mocha' } },
      ...installed('mocha', '9.2.2', 'a'),
    },
    target: 'a/b.ts',
    folder: 'a',
    finds: 'mocha 9.2.2 @ a < a',
  },
  'not installed': {
    files: { 'package.json': { scripts: { test: 'vitest' } } },
    finds: 'framework-not-installed',
    says: ['vitest is used here but is not in node_modules (package.json:1: the script "test" runs vitest).'],
  },
  'not installed here is not the tests of the root': {
    files: {
      'package.json': { workspaces: ['a'], scripts: { test: 'jest' } },
      'a/package.json': { scripts: { test: 'vitest' } },
      ...installed('jest', '29.0.0'),
    },
    target: 'a/b.ts',
    finds: 'framework-not-installed',
  },
  'a runner that is known by name only': {
    files: { 'package.json': '{\n"scripts": { "test": "tsc && ava" }\n}' },
    finds: 'unsupported-framework',
    says: ['These tests run on ava (package.json:2: the script "test" runs ava), which Assay does not run.'],
  },
  'the runner of Node': {
    files: { 'package.json': { scripts: { test: 'node --import tsx --test' } } },
    finds: 'node:test  @ . < .',
    says: ['package.json:1 the script "test" runs node:test'],
  },
  'a program with tests of the runner of Node': {
    files: {
      'package.json': { scripts: { test: 'c8 node --conditions development test/index.js' } },
      'test/index.js': "import './first.js';\nimport './second.js';\n",
      'test/first.js': '',
      'test/second.js': "import test from 'node:test';\n",
    },
    finds: 'node:test  @ . < .',
    says: ['package.json:1 the script "test" runs node:test'],
  },
  'a program without tests': {
    files: { 'package.json': { scripts: { test: 'node test/index.js' } }, 'test/index.js': "import assert from 'node:assert';\n" },
    finds: 'no-framework',
  },
  'a nearer package with an unknown runner is not judged by the root': {
    files: {
      'package.json': { workspaces: ['a'], scripts: { test: 'jest' } },
      'a/package.json': { scripts: { test: 'tap' } },
      ...installed('jest', '29.0.0'),
    },
    target: 'a/b.ts',
    finds: 'unsupported-framework',
  },
  'Vitest 1 is too old': {
    files: { 'package.json': { scripts: { test: 'vitest' } }, ...installed('vitest', '1.6.0') },
    finds: 'unsupported-framework',
    says: ['uses vitest 1.6.0; Assay runs vitest 2 and newer.'],
  },
  'Jest 28 is too old': {
    files: { 'package.json': { scripts: { test: 'jest' } }, ...installed('jest', '28.1.3') },
    finds: 'unsupported-framework',
    says: ['uses jest 28.1.3; Assay runs jest 29 and newer.'],
  },
  'Mocha 7 is too old': {
    files: { 'package.json': { scripts: { test: 'mocha' } }, ...installed('mocha', '7.2.0') },
    finds: 'unsupported-framework',
    says: ['uses mocha 7.2.0; Assay runs mocha 8 and newer.'],
  },
  'a manifest that is no JSON is no package': {
    files: { 'package.json': '{', ...installed('mocha', '11.0.0') },
    finds: 'no-framework',
  },
  nothing: { files: { 'src/a.js': '' }, finds: 'no-framework', says: ['No test framework was found for'] },
};

describe('the package whose tests judge a file', () => {
  after(removeWorkspaces);

  for (const [title, { files, target = 'src/a.js', folder = '.', finds, says = [] }] of Object.entries(CASES)) {
    it(title, async () => {
      const texts = Object.entries(files).map(([file, text]) => [file, typeof text === 'string' ? text : JSON.stringify(text)]);
      const top = emptyWorkspace(Object.fromEntries([...texts, ['.git/HEAD', '']]));
      const relative = (file: string) => path.relative(top, file) || '.';
      const found = await findPackage(path.join(top, target), path.join(top, folder));
      if (!found.ok) {
        assert.equal(found.failure.code, finds);
        assert.ok(found.failure.action);
        for (const words of says) assert.ok(found.failure.message.includes(words), found.failure.message);
        return;
      }
      const { framework, directory, root, evidence } = found.value;
      assert.equal(`${framework.name} ${framework.version} @ ${relative(directory)} < ${relative(root)}`, finds);
      const said = evidence.map((one) => `${one.file ? relative(one.file) : ''}${one.line ? `:${one.line}` : ''} ${one.says}`);
      for (const words of says) assert.ok(said.includes(words), `${words}\nis not in\n${said.join('\n')}`);
    });
  }

  it('has the name of its manifest, else of its folder', async () => {
    const script = { scripts: { test: 'mocha' } };
    const files = { 'a/package.json': JSON.stringify({ name: '@x/a', ...script }), 'b/package.json': JSON.stringify(script) };
    const top = emptyWorkspace({ ...files, 'node_modules/mocha/package.json': '{"version":"11.0.0"}' });
    const names = ['a', 'b'].map(async (name) => {
      const found = await findPackage(path.join(top, name), top);
      return found.ok && found.value.name;
    });
    assert.deepEqual(await Promise.all(names), ['@x/a', 'b']);
  });
});
