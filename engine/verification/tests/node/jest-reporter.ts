import type { ToldFailure, ToldTest } from '../events.ts';
import { beginRun, clip, failureOf, tell, words } from './tell.ts';

interface Result {
  ancestorTitles: readonly string[];
  title: string;
  status: string;
  duration?: number | null;
  location?: { line: number; column: number } | null;
  failureDetails?: readonly unknown[];
  failureMessages?: readonly string[];
}

interface TestFile {
  path: string;
}

interface FileResult {
  testExecError?: { message?: string; stack?: string };
  failureMessage?: string | null;
  testResults: readonly Result[];
}

/** Tells what tests do in Jest. */
class JestReporter {
  readonly #run = beginRun('jest');
  #cases = 0;

  onTestCaseStart({ path: file }: TestFile, { ancestorTitles, title }: { ancestorTitles: readonly string[]; title: string }): void {
    tell({ type: 'begin', run: this.#run, file, title: [...ancestorTitles, title] });
  }

  onTestCaseResult({ path: file }: TestFile, result: Result): void {
    this.#cases += 1;
    tell({ type: 'test', run: this.#run, test: toldTest(result, file, `case ${this.#cases}`) });
  }

  onTestResult({ path: file }: TestFile, { testExecError, failureMessage, testResults }: FileResult): void {
    tell({ type: 'file', run: this.#run, file, tests: testResults.map((result, i) => toldTest(result, file, String(i))) });
    if (!testExecError) return;
    // What an `afterAll` throws has a stack only.
    const message = testExecError.message || testExecError.stack?.split('\n    at ')[0] || failureMessage || 'The file could not be run.';
    tell({ type: 'broken', run: this.#run, file, message: clip(message), ...(testExecError.stack && { stack: clip(testExecError.stack) }) });
  }

  onRunComplete(): void {
    tell({ type: 'end', run: this.#run });
  }
}

// Jest 24 and older take what the file exports for the class itself.
module.exports = JestReporter;

function toldTest(result: Result, file: string, key: string): ToldTest {
  const { ancestorTitles, title, status, duration, location } = result;
  return {
    key,
    file,
    title: [...ancestorTitles, title],
    ...(location && { place: [location.line, location.column] }),
    state: status === 'passed' || status === 'failed' || status === 'todo' ? status : 'skipped',
    ...(typeof duration === 'number' && { ms: duration }),
    ...(status === 'failed' && { failure: toldFailure(result) }),
  };
}

function toldFailure({ failureDetails = [], failureMessages = [] }: Result): ToldFailure {
  const [detail] = failureDetails as { message?: string; matcherResult?: { expected?: unknown; actual?: unknown } }[];
  const [said = ''] = failureMessages;
  const compared = detail?.matcherResult;
  const values = compared && ('expected' in compared || 'actual' in compared);
  return {
    ...failureOf(detail),
    ...(values && { expected: words(compared.expected), actual: words(compared.actual) }),
    ...(!detail?.message && { message: clip(said.split('\n    at ')[0] ?? said) }),
    stack: clip(said),
  };
}
