import assert from 'node:assert/strict';
import { symlinkSync } from 'node:fs';
import { createRequire } from 'node:module';
import path from 'node:path';
import { minimatch } from 'minimatch';
import { emptyWorkspace, removeWorkspaces } from '../../../test/support/workspaces.ts';
import type { HostRequest } from '../host-messages.ts';
import type { UserConfig } from '../stryker-config.ts';
import { mochaOptions } from './mocha-options.ts';
import { mutatePatterns, strykerOptions } from './options.ts';
import { STRYKER_VERSION } from './version.ts';

const DIRECTORY = path.resolve('/pkg');
const MOCHA = path.dirname(createRequire(import.meta.url).resolve('mocha/package.json'));
const target = (file: string, more: Partial<HostRequest['targets'][number]> = {}) => ({ file: path.join(DIRECTORY, file), named: true, ...more });
const range = (startLine: number, startColumn: number, endLine: number, endColumn: number) => ({
  start: { line: startLine, column: startColumn },
  end: { line: endLine, column: endColumn },
});

describe('what StrykerJS mutates', () => {
  const cases: Record<string, [targets: HostRequest['targets'], patterns: string[]]> = {
    'a file': [[target('src/a.js')], ['src/a.js']],
    'stretches of a file': [[target('a.js', { ranges: [range(0, 4, 2, 1), range(9, 0, 9, 8)] })], ['a.js:1:4-3:1', 'a.js:10:0-10:8']],
    'no stretch of a file': [[target('a.js', { ranges: [] })], []],
    'characters that mean something in patterns': [[target('src/[id]/(group)/a{b}+c@d!.js')], ['src/[[]id[]]/?group?/a?b??c?d?.js']],
  };
  for (const [title, [targets, expected]] of Object.entries(cases)) {
    it(title, () => assert.deepEqual(mutatePatterns({ targets, directory: DIRECTORY }), expected));
  }

  it('matches the very file that it was made from', () => {
    const names = [
      '[id].ts',
      'a(b)c.js',
      '!a.js',
      'a*.js',
      'a?.js',
      '@x/+y.js',
      '#a.js',
      'a b.js',
      '{a,b}.js',
      '[...slug]/page.tsx',
      '$id.tsx',
      '(x)/a.ts',
      'a|b.js',
    ];
    for (const name of names) {
      const [pattern = ''] = mutatePatterns({ targets: [target(`src/${name}`)], directory: DIRECTORY });
      // StrykerJS takes each backslash of a pattern for a separator.
      assert.ok(
        minimatch(path.join(DIRECTORY, 'src', name), path.posix.join(DIRECTORY, pattern).replaceAll('\\', '/'), { dot: true }),
        `${pattern} is ${name}`,
      );
    }
    const [bang = ''] = mutatePatterns({ targets: [target('!a.js')], directory: DIRECTORY });
    assert.equal(bang.startsWith('!'), false);
  });
});

describe('the options of a run', () => {
  const paths = { stage: DIRECTORY, links: [], runFolder: '/run', plugin: '/plugin.js', related: true };
  const request = (name: HostRequest['framework']['name'], args: string[] = [], more: Partial<HostRequest> = {}): HostRequest => ({
    ...{ directory: DIRECTORY, root: DIRECTORY, targets: [target('a.js')], overlays: [], dryRunMinutes: 7 },
    ...{ framework: { name, args, nodeArgs: [], configFile: path.join(DIRECTORY, 'conf', `${name}.config.ts`) } },
    ...more,
  });
  const made = (of: HostRequest, user: UserConfig = {}, related = true) => strykerOptions(of, user, { ...paths, related }) as Record<string, unknown>;

  it("are ours where the run decides, and the user's elsewhere", () => {
    const user = {
      reporters: ['html'],
      thresholds: { high: 1 },
      mutator: { excludedMutations: ['StringLiteral'] },
      timeoutMS: 9,
      inPlace: false,
      testRunner: 'command',
      dashboard: {},
    };
    const options = made(request('vitest', [], { concurrency: 3 }), user as unknown as UserConfig);
    assert.deepEqual(options['reporters'], ['assay']);
    assert.deepEqual([options['testRunner'], options['inPlace'], options['concurrency'], options['dryRunTimeoutMinutes']], ['assay', true, 3, 7]);
    assert.deepEqual([options['mutator'], options['timeoutMS']], [{ excludedMutations: ['StringLiteral'] }, 9]);
    for (const gone of ['thresholds', 'dashboard']) assert.equal(gone in options, false, gone);
    assert.equal('concurrency' in made(request('vitest')), false);
    assert.equal(made(request('vitest'), { concurrency: 2 })['concurrency'], 2);
  });

  it("are those of the mutators that a quick scan needs, whatever the user's leave out", () => {
    const scan = request('vitest', [], { targets: [target('a.js', { bodies: [range(0, 13, 0, 20)] })] });
    const { excludedMutations = [], ...rest } = made(scan, { mutator: { excludedMutations: ['BlockStatement'], plugins: ['jsx'] } } as never)[
      'mutator'
    ] as NonNullable<UserConfig['mutator']>;
    assert.deepEqual(
      [rest, excludedMutations.includes('BlockStatement'), excludedMutations.includes('StringLiteral')],
      [{ plugins: ['jsx'] }, false, true],
    );
  });

  /** The framework, the arguments of its script, the user's own section, and the section that StrykerJS gets. */
  const sections: [name: 'vitest' | 'jest', args: string[], user: object | undefined, expected: object][] = [
    ['vitest', ['run'], undefined, { configFile: 'conf/vitest.config.ts' }],
    ['vitest', ['run', '--config', 'x.ts', '--dir', 'unit'], undefined, { configFile: 'x.ts', dir: 'unit' }],
    ['vitest', ['run', '--config=x.ts', '--dir=unit'], undefined, { configFile: 'x.ts', dir: 'unit' }],
    ['vitest', ['-c', 'x.ts'], { configFile: 'mine.ts' }, { configFile: 'mine.ts' }],
    ['jest', ['--ci'], undefined, {}],
    ['jest', ['-c', 'x.js'], { projectType: 'custom' }, { configFile: 'x.js', projectType: 'custom' }],
    ['jest', ['--config'], undefined, {}],
  ];
  for (const [name, args, user, expected] of sections) {
    it(`${name} ${args.join(' ')}`, () => assert.deepEqual(made(request(name, args), user ? { [name]: user } : {})[name], expected));
  }

  it('run all tests where none is known to load the file', () => {
    assert.deepEqual(made(request('vitest'), {}, false)['vitest'], { configFile: 'conf/vitest.config.ts', related: false });
    assert.deepEqual(made(request('jest'), {}, false)['jest'], { enableFindRelatedTests: false });
  });

  it('pass the arguments of Node of the configuration and of the script', () => {
    const of = request('vitest');
    const options = made({ ...of, framework: { ...of.framework, nodeArgs: ['--import', 'tsx'] } }, { testRunnerNodeArgs: ['--expose-gc'] });
    assert.deepEqual(options['testRunnerNodeArgs'], ['--expose-gc', '--import', 'tsx']);
  });

  it("leave the runners of StrykerJS out of the user's plugins", () => {
    const plugins = ['@stryker-mutator/*', '@stryker-mutator/vitest-runner', './own.js', 'not-installed'];
    assert.deepEqual(made(request('vitest'), { plugins, appendPlugins: ['@stryker-mutator/mocha-runner', '/abs.js'] })['plugins'], [
      '/plugin.js',
      './own.js',
      'not-installed',
      '/abs.js',
    ]);
  });
});

describe('the options of Mocha', () => {
  after(removeWorkspaces);

  /** What lies in the package, what the script passes, and what StrykerJS's runner and Node get. */
  const cases: Record<string, { files?: Record<string, string>; args: string[]; options: object; node?: string[] }> = {
    'nothing but defaults': { args: [], options: { extension: ['js', 'cjs', 'mjs'], ui: 'bdd' } },
    'files of the script': { args: ['a.js', 'spec/*.js'], options: { spec: ['a.js', 'spec/*.js'] } },
    'a folder and all below it': { args: ['--recursive', 'test'], options: { spec: ['test/**/*.js', 'test/**/*.cjs', 'test/**/*.mjs'] } },
    'a folder and all below it, with extensions': {
      args: ['--recursive', '--extension', 'ts', 'test/'],
      options: { extension: ['ts'], spec: ['test/**/*.ts'] },
    },
    'a pattern stays what it is': { args: ['--recursive', 'test/**/*.js', 'one.js'], options: { spec: ['test/**/*.js', 'one.js'] } },
    'flags with values': {
      args: ['-r', 'x.js', '--require=y.js', '--ui', 'tdd', '-g', 'only', '--file', 'setup.js', '--ignore', 'skip.js', '--timeout', '5000', 'a.js'],
      options: { require: ['x.js', 'y.js'], ui: 'tdd', grep: 'only', file: ['setup.js'], ignore: ['skip.js'], spec: ['a.js'] },
    },
    'a configuration file': {
      files: { '.mocharc.json': '{ "spec": "specs/*.js", "require": ["x.js"] }' },
      args: [],
      options: { spec: ['specs/*.js'], require: ['x.js'] },
    },
    'a configuration that the script names': {
      files: { 'conf.json': '{ "spec": "specs/*.js" }' },
      args: ['--config', 'conf.json'],
      options: { spec: ['specs/*.js'] },
    },
    'package.json': {
      files: { 'package.json': '{ "mocha": { "spec": ["p/*.js"], "ui": "qunit" } }' },
      args: [],
      options: { spec: ['p/*.js'], ui: 'qunit' },
    },
    'the script adds to the configuration': {
      files: { '.mocharc.json': '{ "spec": "specs/*.js" }' },
      args: ['a.js'],
      options: { spec: ['a.js', 'specs/*.js'] },
    },
    'flags of Node': {
      args: ['--import=tsx', '-n', 'expose-gc', 'a.js'],
      options: { spec: ['a.js'] },
      node: ['--import=tsx', '--expose-gc'],
    },
    'flags of Node in the configuration': {
      files: { '.mocharc.json': '{ "import": "tsx", "node-option": ["conditions=dev", "--expose-gc"], "spec": "a.js" }' },
      args: [],
      options: { spec: ['a.js'] },
      node: ['--import=tsx', '--conditions=dev', '--expose-gc'],
    },
  };
  for (const [title, { files = {}, args, options, node = [] }] of Object.entries(cases)) {
    it(title, () => {
      const directory = emptyWorkspace({ 'package.json': '{}', 'node_modules/.keep': '', ...files });
      symlinkSync(MOCHA, path.join(directory, 'node_modules', 'mocha'), 'junction');
      // Mocha looks for its files in the working directory, which is the stage when the host asks.
      const before = process.cwd();
      process.chdir(directory);
      try {
        const found = mochaOptions(args, directory);
        const names = Object.keys(options);
        assert.deepEqual(Object.fromEntries(names.map((name) => [name, found.options[name]])), options);
        if (!names.includes('spec')) assert.deepEqual(found.options['spec'] ?? ['./test'], ['./test']);
        assert.deepEqual(found.nodeArgs, node);
      } finally {
        process.chdir(before);
      }
    });
  }

  it('are empty where Mocha is not installed', () =>
    assert.deepEqual(mochaOptions(['a.js'], emptyWorkspace({ 'package.json': '{}' })), { options: {}, nodeArgs: [] }));
});

describe('the version of StrykerJS', () => {
  it('is the installed one', () => {
    const require = createRequire(import.meta.url);
    const main = require.resolve('@stryker-mutator/core');
    const { version } = require(path.join(main.slice(0, main.lastIndexOf(`core${path.sep}`) + 4), 'package.json')) as { version: string };
    assert.equal(STRYKER_VERSION, version);
  });
});
