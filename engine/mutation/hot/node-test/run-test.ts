import { switchboard } from '../worker/link.ts';
import { TestContext } from './context.ts';
import { invoke, runningTest } from './invoke.ts';
import type { Hook, HookName, Node } from './tree.ts';

/** How a run of a test ended. */
export interface TestEnd {
  state: 'passed' | 'failed' | 'skipped';
  error?: unknown;
  /** How many tests ran inside of it. */
  subtests: number;
}

/**
 * Runs a test once as node:test documents it: the hooks around each test, its own hooks, the tests inside of it, its time limit and plan.
 *
 * @param timeout the limit for tests that name none, milliseconds
 */
export async function runTest(node: Node, timeout: number): Promise<TestEnd> {
  if (node.skipped) return { state: 'skipped', subtests: 0 };
  node.reset();
  const { parent } = node;
  let subtests = 0;
  const inner: Promise<void>[] = [];
  let line: Promise<unknown> = Promise.resolve();
  let innerError: unknown;
  let innerFailed = 0;
  const context = new TestContext(node, (child) => {
    const run = async () => {
      // The test fails for the first of them; with a mutant on, the others need not run.
      if (innerFailed > 0 && switchboard.mutant !== undefined) return;
      await begin(node, context);
      const end = await runTest(child, timeout);
      subtests += 1 + end.subtests;
      if (end.state !== 'failed') return;
      innerFailed++;
      innerError ??= end.error;
    };
    // One after the other, whatever they say about concurrency.
    const done = line.then(run);
    line = done;
    inner.push(done);
    return done;
  });
  let error: unknown;
  let failed = false;
  const attempt = async (work: () => Promise<unknown>) => {
    try {
      await work();
    } catch (reason) {
      if (!failed) error = reason;
      failed = true;
    }
  };
  await attempt(async () => {
    await runHooks(parent, 'beforeEach', context);
    await runningTest.run(context, () => invoke(node.fn, context, node.options.timeout ?? timeout));
    await context.begun();
    for (let i = 0; i < inner.length; i++) await inner[i];
    await context.checkPlan();
    if (innerFailed > 0) throw innerError instanceof Error ? innerError : new Error(`${innerFailed} subtest failed`, { cause: innerError });
  });
  context.passed = !failed;
  context.error = failed ? error : null;
  await attempt(() => runHooks(parent, 'afterEach', context));
  await attempt(() => runHooks(node, 'after', context));
  context.end();
  if (node.options.expectFailure) {
    if (!failed) return { state: 'failed', error: new Error('The test was expected to fail.'), subtests };
    return { state: 'passed', subtests };
  }
  if (context.skipped && !failed) return { state: 'skipped', subtests };
  // A test that is still to be done may fail.
  if (node.todo || context.isTodo) return { state: 'skipped', subtests };
  return failed ? { state: 'failed', error, subtests } : { state: 'passed', subtests };
}

/** Runs the hooks that stand before the first test of a suite or test, once. */
export async function begin(node: Node, context: object): Promise<void> {
  if (node.begun) return;
  node.begun = true;
  await runHooks(node, 'before', context);
}

/** Runs the hooks of one kind. */
export async function runHooks(node: Node | undefined, name: HookName, context: object): Promise<void> {
  for (const { fn, timeout } of node?.hooks[name] ?? ([] as Hook[])) await invoke(fn, context, timeout ?? Number.POSITIVE_INFINITY);
}
