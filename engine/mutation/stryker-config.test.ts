import assert from 'node:assert/strict';
import path from 'node:path';
import { emptyWorkspace, removeWorkspaces } from '../../test/support/workspaces.ts';
import type { FrameworkName } from '../workspace/index.ts';
import { frameworkArguments, readStaging, readUserConfig, type UserConfig, UserConfigError, wantedTargets } from './stryker-config.ts';

describe("the user's own StrykerJS configuration", () => {
  after(removeWorkspaces);
  const read = (files: Record<string, string>) => readUserConfig(emptyWorkspace(files));

  it('is read from the names that StrykerJS knows, in its order', async () => {
    assert.deepEqual(await read({}), {});
    assert.deepEqual(await read({ 'stryker.config.json': '{"timeoutMS":1}' }), { timeoutMS: 1 });
    assert.deepEqual(await read({ '.stryker.conf.mjs': 'export default { timeoutMS: 2 }' }), { timeoutMS: 2 });
    assert.deepEqual(await read({ 'stryker.conf.cjs': 'module.exports = { timeoutMS: 3 }' }), { timeoutMS: 3 });
    assert.deepEqual(await read({ 'stryker.conf.json': '{"timeoutMS":4}', 'stryker.config.json': '{"timeoutMS":5}' }), { timeoutMS: 4 });
  });

  for (const [file, text] of [
    ['stryker.config.json', '{ not json'],
    ['stryker.config.mjs', 'throw new Error("mine")'],
    ['stryker.config.js', 'export default {'],
  ] as const) {
    it(`is told by its file where it cannot be used: ${file}`, async () => {
      await assert.rejects(
        read({ [file]: text, 'package.json': '{"type":"module"}' }),
        (error) => error instanceof UserConfigError && error.file.endsWith(file),
      );
    });
  }

  it('says what is left out of a copy of the package, and what builds it', async () => {
    const staging = (config: object) => readStaging(emptyWorkspace({ 'stryker.config.json': JSON.stringify(config) }), 'vitest');
    assert.deepEqual(await staging({}), { ignore: [], args: [] });
    assert.deepEqual(await staging({ ignorePatterns: ['big'], buildCommand: 'tsc', vitest: { dir: 'test' } }), {
      ignore: ['big'],
      build: 'tsc',
      args: ['--dir=test'],
    });
  });

  const ADDED: [framework: FrameworkName, config: UserConfig, args: string[]][] = [
    [
      'vitest',
      { vitest: { configFile: 'a.config.ts', dir: 'test', related: false }, jest: { configFile: 'b' } },
      ['--config=a.config.ts', '--dir=test'],
    ],
    ['jest', { jest: { configFile: 'jest.unit.js', projectType: 'custom' } }, ['--config=jest.unit.js']],
    [
      'mocha',
      { mochaOptions: { spec: ['a.js', 'b.js'], require: ['tsx'], ui: 'tdd', config: false, 'async-only': true } },
      ['a.js', 'b.js', '--require=tsx', '--ui=tdd', '--no-config', '--async-only'],
    ],
    ['node:test', { tap: { testFiles: ['a.js'] } }, []],
    ['mocha', {}, []],
  ];
  for (const [framework, config, args] of ADDED) {
    it(`says what ${framework} is told besides: ${args.join(' ') || 'nothing'}`, () => assert.deepEqual(frameworkArguments(framework, config), args));
  }
});

describe('the files that the configuration names', () => {
  const DIRECTORY = path.resolve('/pkg');

  /** Patterns, and those of the files that a folder stands for which they leave. */
  const CASES: Record<string, [mutate: string[] | undefined, wanted: string[]]> = {
    'all where it has no patterns': [undefined, ['src/a.js', 'src/b.js', 'lib/c.js']],
    'what it names': [['src/**/*.js'], ['src/a.js', 'src/b.js']],
    'but for what it leaves out': [['src/**/*.js', '!src/b.js'], ['src/a.js']],
    'all but what it leaves out': [['!src/*'], ['lib/c.js']],
    'a stretch of a file: all of the file': [
      ['./src/a.js:1-9', 'lib/c.js:1:2-3:4'],
      ['src/a.js', 'lib/c.js'],
    ],
  };
  for (const [title, [mutate, wanted]] of Object.entries(CASES)) {
    it(title, () => {
      const targets = ['src/a.js', 'src/b.js', 'lib/c.js'].map((file) => ({ file: path.join(DIRECTORY, file), named: false }));
      assert.deepEqual(
        wantedTargets({ targets, directory: DIRECTORY }, mutate ? { mutate } : {}).map(({ file }) => file),
        wanted.map((file) => path.join(DIRECTORY, file)),
      );
    });
  }

  it('and what a person named, whatever it leaves out', () => {
    const targets = [{ file: path.join(DIRECTORY, 'b.js'), named: true }];
    assert.deepEqual(wantedTargets({ targets, directory: DIRECTORY }, { mutate: ['a.js', '!b.js'] }), targets);
  });
});
