import assert from 'node:assert/strict';
import path from 'node:path';
import type { DryRunResult } from '@stryker-mutator/api/test-runner';
import { emptyWorkspace, removeWorkspaces } from '../../../test/support/workspaces.ts';
import type { FailureCode } from '../../model/index.ts';
import type { HostRequest } from '../host-messages.ts';
import { UserConfigError } from '../stryker-config.ts';
import { explainFailure, unparsableFile } from './explain.ts';

const REQUEST: HostRequest = {
  ...{ directory: path.resolve('/pkg'), root: path.resolve('/pkg'), overlays: [], dryRunMinutes: 5 },
  targets: [{ file: path.resolve('/pkg/src/a.js'), named: true }],
  framework: { name: 'vitest', args: [], nodeArgs: [], configFile: '/pkg/vitest.config.ts' },
};

interface Case {
  error?: unknown;
  said?: string;
  dryRun?: unknown;
  code: FailureCode;
  message: RegExp;
  action?: RegExp;
}

const passed = { id: '1', name: 'passes', status: 0, timeSpentMs: 1 };
const failed = (name: string, more = {}) => ({ id: name, name, status: 1, timeSpentMs: 1, failureMessage: `${name} is wrong`, ...more });
const complete = (...tests: object[]) => ({ status: 'complete', tests });

const CASES: Record<string, Case> = {
  'a test that fails': {
    dryRun: complete(passed, failed('cart adds')),
    code: 'tests-failed',
    message: /^1 of 2 tests fail before anything was changed: "cart adds"\.$/,
  },
  'the only test fails': { dryRun: complete(failed('a')), code: 'tests-failed', message: /^1 of 1 tests fails before anything was changed: "a"\.$/ },
  'more tests than are named': {
    dryRun: complete(failed('a'), failed('b'), failed('c'), failed('d')),
    code: 'tests-failed',
    message: /^4 of 4 tests fail before anything was changed: "a", "b", "c", …\.$/,
  },
  'what the dry run said comes before what StrykerJS says of it': {
    error: new Error('There were failed tests in the initial test run.'),
    said: 'Initial test run timed out!',
    dryRun: complete(failed('a')),
    code: 'tests-failed',
    message: /"a"/,
  },
  'a test file that throws when it is loaded': {
    dryRun: { status: 'error', errorMessage: 'ReferenceError: x is not defined\n    at a.js:1:1\n' },
    code: 'tests-errored',
    message: /^The tests could not be loaded: ReferenceError: x is not defined$/,
  },
  'a test file that loads what was not built': {
    dryRun: { status: 'error', errorMessage: "Error [ERR_MODULE_NOT_FOUND]: Cannot find module '/pkg/build/a.js' imported from /pkg/test/a.mjs" },
    code: 'tests-errored',
    message: /could not be loaded: .*Cannot find module '\/pkg\/build\/a\.js'/,
    action: /must the package be built/,
  },
  'a test file that cannot be parsed': {
    dryRun: { status: 'error', errorMessage: 'SyntaxError: Unexpected token' },
    code: 'syntax-error',
    message: /could not be loaded: SyntaxError/,
  },
  'a source that cannot be parsed': {
    error: new SyntaxError('/run/stage/pkg/src/a.js: Unexpected token (3:7)\n\n  1 | x'),
    code: 'syntax-error',
    message: /^a\.js cannot be parsed: Unexpected token \(3:7\)/,
  },
  'a configuration that throws': {
    error: new UserConfigError('/pkg/stryker.config.mjs', new Error('mine\n    at x')),
    code: 'invalid-config',
    message: /^The StrykerJS configuration cannot be used: mine$/,
    action: /Mend \/pkg\/stryker\.config\.mjs/,
  },
  'an option that StrykerJS refuses': {
    error: new Error('Config option "mutate" has the wrong type.'),
    code: 'invalid-config',
    message: /Config option "mutate" has the wrong type/,
  },
  'tests that never end': {
    error: new Error('Something went wrong in the initial test run'),
    said: 'ERROR DryRunExecutor Initial test run timed out!',
    code: 'tests-timed-out',
    message: /did not finish within 5 min/,
    action: /assay\.mutation\.dryRunMinutes/,
  },
  'tests that end their process': {
    error: new Error('Child process [pid 7] exited unexpectedly with exit code 3'),
    code: 'test-process-ended',
    message: /ended by itself/,
  },
  'no test at all': {
    error: new Error('No tests were executed. Stryker will exit prematurely.'),
    code: 'no-tests',
    message: /^No test runs for a\.js: vitest found no test\.$/,
    action: /vitest\.config\.ts/,
  },
  'a full disk': {
    error: Object.assign(new Error("ENOSPC: no space left on device, copyfile '/a' -> '/b'"), { code: 'ENOSPC' }),
    code: 'disk-full',
    message: /^The disk is full/,
  },
  'a module that is not there before any test is loaded': {
    error: new Error(`Error: ERR_MODULE_NOT_FOUND (undefined) Error: Cannot find module '${process.cwd()}/index.js' imported from a.js\n    at x`),
    code: 'tests-errored',
    message: /^The tests could not be loaded: Cannot find module '\/pkg\/index\.js' imported from a\.js$/,
    action: /must the package be built/,
  },
  'anything else': {
    error: new TypeError('x is not a function'),
    code: 'executor-crashed',
    message: /^Mutation testing stopped: TypeError: x is not a function/,
  },
  'what is no error': { error: 'a text', code: 'executor-crashed', message: /^Mutation testing stopped: a text$/ },
};

describe('why a run failed', () => {
  after(removeWorkspaces);

  async function explain({ error = new Error(''), said = '', dryRun }: Partial<Case>) {
    const top = emptyWorkspace(dryRun ? { 'dry-run.json': JSON.stringify(dryRun as DryRunResult) } : {});
    return explainFailure({ error, said, request: REQUEST, dryRunFile: path.join(top, 'dry-run.json') });
  }

  for (const [title, one] of Object.entries(CASES)) {
    it(title, async () => {
      const failure = await explain(one);
      assert.equal(failure.code, one.code);
      assert.match(failure.message, one.message);
      assert.match(failure.action, one.action ?? /\w+.*\.$|\?$/);
    });
  }

  it('names the failed tests, in the original and not in the stage', async () => {
    const position = { line: 3, column: 2 };
    const { failedTests } = await explain({
      dryRun: complete(
        passed,
        failed('a', { fileName: path.join(process.cwd(), 'test/a.js'), startPosition: position }),
        failed('b', { fileName: '/elsewhere/b.js' }),
        failed('c'),
      ),
    });
    assert.deepEqual(failedTests, [
      { name: 'a', message: 'a is wrong', file: path.join(REQUEST.directory, 'test/a.js'), position },
      { name: 'b', message: 'b is wrong', file: '/elsewhere/b.js' },
      { name: 'c', message: 'c is wrong' },
    ]);
  });

  it('knows the file of an error of the parser only', () => {
    assert.equal(unparsableFile(new SyntaxError('/a: b.js: Unexpected token (1:2)')), '/a: b.js');
    assert.equal(unparsableFile(new SyntaxError('Unexpected token')), undefined);
    assert.equal(unparsableFile(new Error('/a.js: Unexpected token (1:2)')), undefined);
    assert.equal(unparsableFile('/a.js: x (1:2)'), undefined);
  });
});
