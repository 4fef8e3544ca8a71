import type { FoundTest } from '../jobs.ts';
import type { CallableSuite, CallableTest, OpenFile } from '../worker/harness.ts';
import type { MochaInstance, Runner, RunnerClass, Suite, Test } from './mocha-types.ts';
import { suitesAround } from './suite-tree.ts';

/** Makes the tests of a loaded tree callable one by one, each by Mocha's own runner with its hooks, retries and time limit. */
export function openTree(mocha: MochaInstance, Runner: RunnerClass, tests: ReadonlyMap<Test, FoundTest>): OpenFile {
  const runner = new Runner(mocha.suite, { delay: false, cleanReferencesAfterRun: false });
  const { options } = mocha;
  runner.checkLeaks = options.checkLeaks === true;
  runner.asyncOnly = options.asyncOnly === true;
  runner.fullStackTrace = options.fullTrace === true;
  if (options.global) runner.globals([options.global].flat());
  // Errors that nobody handled then belong to the test that runs.
  runner.state = 'running';
  let failure: unknown;
  let failed = false;
  runner.on('fail', (_, error) => {
    if (!failed) failure = error;
    failed = true;
  });
  const begin = (suite: Suite) => {
    failed = false;
    failure = undefined;
    Object.assign(runner, { suite, failures: 0, _abort: false });
  };
  const end = () => {
    if (!failed) return undefined;
    return failure instanceof Error ? failure : new Error(String((failure as { message?: unknown } | undefined)?.message ?? failure));
  };
  const around = (suite: Suite, name: 'beforeAll' | 'afterAll') =>
    new Promise<void>((resolve, reject) => {
      begin(suite);
      runner.hook(name, () => {
        const error = end();
        if (error) reject(error);
        else resolve();
      });
    });
  const suites = new Map<Suite, CallableSuite>();
  const callable = (suite: Suite) => {
    const known = suites.get(suite);
    if (known) return known;
    const one: CallableSuite = { enter: () => around(suite, 'beforeAll'), leave: () => around(suite, 'afterAll') };
    suites.set(suite, one);
    return one;
  };
  const call = (test: Test) => {
    const suite = test.parent;
    begin(suite);
    suite.tests = [test.clone()];
    return new Promise<Error | undefined>((resolve) => {
      runner.runTests(suite, () => resolve(end()));
    });
  };
  const callables = new Map<string, CallableTest>();
  for (const [test, found] of tests) {
    if (test.isPending()) continue;
    const withHooks = suitesAround(test).filter(({ _beforeAll, _afterAll }) => _beforeAll.length > 0 || _afterAll.length > 0);
    callables.set(found.key, { ...found, suites: withHooks.map(callable), call: () => call(test) });
  }
  const stopListening = listen(runner);
  return { tests: callables, close: async () => stopListening() };
}

function listen(runner: Runner): () => void {
  const uncaught = (error: unknown) => {
    try {
      runner.uncaught(error);
    } catch {
      // Nothing runs that it could belong to.
    }
  };
  const unhandled = () => {};
  process.on('uncaughtException', uncaught).on('unhandledRejection', unhandled);
  return () => {
    process.off('uncaughtException', uncaught).off('unhandledRejection', unhandled);
    runner.dispose?.();
  };
}
