import { readFile } from 'node:fs/promises';
import path from 'node:path';
import type { DryRunResult, FailedTestResult } from '@stryker-mutator/api/test-runner';
import type { FailedTest, Failure } from '../../model/index.ts';
import type { HostRequest } from '../host-messages.ts';
import { UserConfigError } from '../stryker-config.ts';

/** What is known of a run that failed. */
export interface FailedRun {
  /** What `runMutationTest` rejected with. */
  error: unknown;
  /** The last words of StrykerJS. */
  said: string;
  request: HostRequest;
  /** Where the plugin keeps a dry run that did not pass. */
  dryRunFile: string;
}

/** Turns what went wrong into what a person can act on. What the dry run said, kept by the plugin, comes first: it is the framework's own word. */
export async function explainFailure({ error, said, request, dryRunFile }: FailedRun): Promise<Failure> {
  const detail = error instanceof Error ? (error.stack ?? error.message) : String(error);
  const dryRun = await readDryRun(dryRunFile);
  if (dryRun?.status === 'complete') return testsFailed(dryRun.tests, request);
  if (dryRun?.status === 'error') return testsErrored(dryRun.errorMessage.replaceAll(process.cwd(), request.directory));
  if (error instanceof UserConfigError) {
    return {
      code: 'invalid-config',
      message: `The StrykerJS configuration cannot be used: ${firstLines(error.message)}`,
      action: `Mend ${error.file}, then run again.`,
      detail,
    };
  }
  const broken = unparsableFile(error);
  if (broken) {
    return {
      code: 'syntax-error',
      message: `${path.basename(broken)} cannot be parsed: ${firstLines(detail.replace(/^SyntaxError: \S+: /, ''))}`,
      action: 'Mend the syntax error, then run again.',
      detail,
    };
  }
  const files = request.targets.map(({ file }) => path.basename(file)).join(', ');
  const text = `${detail}\n${said}`;
  if (/Initial test run timed out/.test(text)) return timedOut(request, detail);
  if (/exited unexpectedly/.test(text)) {
    return {
      code: 'test-process-ended',
      message: 'The test process ended by itself while the tests ran once: a test or the code it runs calls process.exit, or it crashed.',
      action: 'Find the test that ends the process (run the tests one file at a time) and make it stop doing so.',
      detail,
    };
  }
  if (/No tests were executed/.test(text)) {
    return {
      code: 'no-tests',
      message: `No test runs for ${files}: ${request.framework.name} found no test.`,
      action: `Write a test that imports ${files}, or check which files the tests are (${path.basename(request.framework.configFile ?? 'package.json')}).`,
      detail,
    };
  }
  if (/ENOSPC/.test(text)) {
    return {
      code: 'disk-full',
      message: 'The disk is full: the package could not be copied.',
      action: 'Free some space in the temporary folder, then run again.',
      detail,
    };
  }
  if (/Config option/.test(text)) {
    return {
      code: 'invalid-config',
      message: `The StrykerJS configuration cannot be used: ${firstLines(detail)}`,
      action: 'Mend the configuration file, then run again.',
      detail,
    };
  }
  const [missing] = /Cannot find (?:module|package) (?!.*@stryker-mutator).*/.exec(detail) ?? [];
  if (missing !== undefined) return testsErrored(missing.replaceAll(process.cwd(), request.directory));
  return {
    code: 'executor-crashed',
    message: `Mutation testing stopped: ${firstLines(detail)}`,
    action: 'See the Assay log for the whole text. Does the test suite pass by itself?',
    detail,
  };
}

/** The (staged) file that an error of the parser speaks of; undefined for any other error. */
export function unparsableFile(error: unknown): string | undefined {
  return error instanceof Error ? /^(.+): .* \(\d+:\d+\)/.exec(error instanceof SyntaxError ? error.message : '')?.[1] : undefined;
}

function testsFailed(tests: readonly DryRunTest[], request: HostRequest): Failure {
  const failed = tests.filter((test): test is FailedTestResult => 'failureMessage' in test).map((test) => failedTest(test, request));
  const names = failed.map(({ name }) => `"${name}"`).slice(0, 3);
  return {
    code: 'tests-failed',
    message: `${failed.length} of ${tests.length} tests ${failed.length === 1 && tests.length === 1 ? 'fails' : 'fail'} before anything was changed: ${names.join(', ')}${failed.length > names.length ? ', …' : ''}.`,
    action: 'A mutant can only be judged by tests that pass: make these pass, then run again.',
    failedTests: failed,
  };
}

type DryRunTest = Extract<DryRunResult, { tests: unknown }>['tests'][number];

function testsErrored(errorMessage: string): Failure {
  return {
    code: /SyntaxError|ParseError|PARSE_ERROR|Transform failed|Unexpected token|Parse failure/.test(errorMessage) ? 'syntax-error' : 'tests-errored',
    message: `The tests could not be loaded: ${firstLines(errorMessage)}`,
    action: /Cannot find (module|package)|ERR_MODULE_NOT_FOUND/.test(errorMessage)
      ? 'Run the tests by themselves: must the package be built, or what it depends on be installed? Then run again.'
      : 'Run the tests by themselves, mend what they report, then run again.',
    detail: errorMessage,
  };
}

function timedOut(request: HostRequest, detail: string): Failure {
  return {
    code: 'tests-timed-out',
    message: `The tests did not finish within ${request.dryRunMinutes} min, so no mutant was judged. Does a test never end, or does the suite wait in watch mode?`,
    action: 'Run the tests by themselves to find the one that hangs; "assay.mutation.dryRunMinutes" raises the limit.',
    detail,
  };
}

function failedTest(test: FailedTestResult, request: HostRequest): FailedTest {
  return {
    name: test.name,
    message: test.failureMessage,
    ...(test.fileName && { file: toOriginal(test.fileName, request) }),
    ...(test.startPosition && { position: test.startPosition }),
  };
}

/** The dry run of a failed run speaks of files in the stage, which is this process's working directory. */
function toOriginal(file: string, request: HostRequest): string {
  const relative = path.relative(process.cwd(), file);
  return relative.startsWith('..') ? file : path.join(request.directory, relative);
}

async function readDryRun(file: string): Promise<DryRunResult | undefined> {
  const text = await readFile(file, 'utf8').catch(() => undefined);
  return text === undefined ? undefined : (JSON.parse(text) as DryRunResult);
}

function firstLines(text: string): string {
  const lines = text
    .split('\n')
    .map((line) => line.trim())
    .filter((line) => line && !line.startsWith('at '));
  return lines.slice(0, 2).join(' ').slice(0, 300);
}
