import { compareInlineAgain } from './inline-snapshots.ts';
import { messageOf } from './tasks.ts';
import type { BaseRunner, EachHook, SuiteHooks, SuiteTask, TestTask } from './vitest-types.ts';

/** What a call of a test needs to know. */
export interface Caller {
  runner: BaseRunner;
  fn(test: TestTask): () => unknown;
  hooks(suite: SuiteTask): SuiteHooks;
}

/**
 * Calls a test as Vitest's `runTest` does (packages/runner/src/run.ts, versions 2 to 5), without telling anyone: its hooks, retries, repeats,
 * the mark that it must fail, the counts of assertions. Answers why it failed; nothing when it passed or skipped itself.
 */
export async function callTest(test: TestTask, caller: Caller): Promise<Error | undefined> {
  const retries = typeof test.retry === 'object' ? (test.retry.count ?? 0) : (test.retry ?? 0);
  await caller.runner.onBeforeRunTask(test);
  try {
    for (let repeats = 0; repeats <= (test.repeats ?? 0); repeats++) {
      let failure: Error | undefined;
      for (let retry = 0; retry <= retries; retry++) {
        failure = await attempt(test, { retry, repeats }, caller);
        if (test.result?.pending) return undefined;
        if (test.fails) failure = failure ? undefined : new Error('Expect test to fail');
        if (!failure) break;
      }
      if (failure) return failure;
    }
    return undefined;
  } finally {
    await caller.runner.onAfterRunTask(test);
  }
}

async function attempt(test: TestTask, count: { retry: number; repeats: number }, { runner, fn, hooks }: Caller): Promise<Error | undefined> {
  const suite = test.suite ?? test.file;
  const cleanups: unknown[] = [];
  let failure: Error | undefined;
  const fail = (error: unknown) => {
    if (isPending(error) && test.result) test.result.pending = true;
    else failure ??= asError(error);
  };
  test.result = { state: 'run', startTime: 0, retryCount: count.retry, repeatCount: count.repeats };
  try {
    compareInlineAgain(runner.snapshotClient, test.file.filepath);
    await runner.onBeforeTryTask?.(test, count);
    for (const hook of eachHooks(suite, 'beforeEach', hooks)) cleanups.push(await hook(test.context, suite));
    await fn(test)();
    if (test.promises) {
      const settled = await Promise.allSettled(test.promises);
      for (const one of settled) if (one.status === 'rejected') fail(one.reason);
    }
    await runner.onAfterTryTask?.(test, count);
    // Soft assertions note that they failed and throw nothing.
    if (test.result.state === 'fail') fail(test.result.errors?.[0]);
  } catch (error) {
    fail(error);
  }
  test.promises = undefined;
  try {
    for (const hook of eachHooks(suite, 'afterEach', hooks).reverse()) await hook(test.context, suite);
    for (const cleanup of cleanups.reverse()) if (typeof cleanup === 'function') await cleanup();
    for (const hook of (test.onFinished ?? []).reverse()) await hook(test.context);
    if (failure) for (const hook of test.onFailed ?? []) await hook(test.context);
  } catch (error) {
    fail(error);
  }
  test.onFinished = undefined;
  test.onFailed = undefined;
  return failure;
}

/** The hooks around a test, those of the outermost suite first. */
function eachHooks(suite: SuiteTask, name: 'beforeEach' | 'afterEach', hooks: Caller['hooks']): EachHook[] {
  const outer = suite.filepath !== undefined ? undefined : (suite.suite ?? suite.file);
  const own = hooks(suite)[name];
  return outer && outer !== suite ? [...eachHooks(outer, name, hooks), ...own] : [...own];
}

function isPending(error: unknown): boolean {
  return (error as { code?: string } | undefined)?.code === 'VITEST_PENDING';
}

function asError(error: unknown): Error {
  return error instanceof Error ? error : new Error(messageOf(error));
}
