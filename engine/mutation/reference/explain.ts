import { readFile } from 'node:fs/promises';
import path from 'node:path';
import type { DryRunResult, FailedTestResult } from '@stryker-mutator/api/test-runner';
import type { FailedTest, Failure } from '../../model/index.ts';
import type { HostRequest } from './messages.ts';

/**
 * Turns what StrykerJS threw into what a person can act on. What the dry run said, kept by the plugin, comes first: it is the framework's own word.
 *
 * @param error what `runMutationTest` rejected with
 * @param dryRunFile where the plugin keeps a dry run that did not pass
 */
export async function explainFailure(error: unknown, request: HostRequest, dryRunFile: string): Promise<Failure> {
  const detail = error instanceof Error ? (error.stack ?? error.message) : String(error);
  const files = request.targets.map(({ file }) => path.basename(file)).join(', ');
  const dryRun = await readDryRun(dryRunFile);
  if (dryRun?.status === 'complete') {
    const failedTests = dryRun.tests.filter((test): test is FailedTestResult => 'failureMessage' in test).map((test) => failedTest(test, request));
    return {
      code: 'tests-failed',
      message: `${failedTests.length} of ${dryRun.tests.length} tests fail before anything was changed: ${failedTests
        .map(({ name }) => `"${name}"`)
        .slice(0, 3)
        .join(', ')}${failedTests.length > 3 ? ', …' : ''}.`,
      action: 'A mutant can only be judged by tests that pass: make these pass, then run again.',
      failedTests,
    };
  }
  if (dryRun?.status === 'error') {
    return {
      code: /SyntaxError|ParseError|Transform failed|Unexpected token/.test(dryRun.errorMessage) ? 'syntax-error' : 'tests-errored',
      message: `The tests could not be loaded: ${firstLines(dryRun.errorMessage)}`,
      action: 'Run the tests by themselves, mend what they report, then run again.',
      detail: dryRun.errorMessage,
    };
  }
  if (dryRun?.status === 'timeout' || /initial test run timed out/i.test(detail)) return timedOut(request, detail);
  const at = /ParseError: (.*) \((\d+):(\d+)\)/.exec(detail) ?? /Parse error in (.*) \((\d+):(\d+)\)/.exec(detail);
  if (at) {
    return {
      code: 'syntax-error',
      message: `${files} cannot be parsed: ${firstLines(detail.replace(/^ParseError: /, ''))}`,
      action: 'Mend the syntax error, then run again.',
      detail,
    };
  }
  if (/No tests were executed/.test(detail)) {
    return {
      code: 'no-tests',
      message: `No test runs for ${files}: ${request.framework.name} found no test that loads it.`,
      action: `Write a test that imports ${files}, or check which files the tests are (${request.framework.configFile ?? 'package.json'}).`,
      detail,
    };
  }
  if (/exited unexpectedly/.test(detail)) {
    return {
      code: 'test-process-ended',
      message: 'The test process ended by itself while the tests ran once: a test or the code it runs calls process.exit, or it crashed.',
      action: 'Find the test that ends the process (run the tests one file at a time) and make it stop doing so.',
      detail,
    };
  }
  if (/ENOSPC/.test(detail)) {
    return {
      code: 'disk-full',
      message: 'The disk is full: the package could not be copied.',
      action: 'Free some space in the temporary folder, then run again.',
      detail,
    };
  }
  if (/config(uration)? file|Invalid config|Config option/i.test(detail)) {
    return {
      code: 'invalid-config',
      message: `The StrykerJS configuration cannot be used: ${firstLines(detail)}`,
      action: 'Mend the configuration file, then run again.',
      detail,
    };
  }
  return {
    code: 'executor-crashed',
    message: `Mutation testing stopped: ${firstLines(detail)}`,
    action: 'See the Assay log for the whole text. Does the test suite pass by itself?',
    detail,
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
