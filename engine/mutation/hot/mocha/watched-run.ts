import type { FoundTest, RanTest } from '../jobs.ts';
import { now } from '../worker/clock.ts';
import type { Watch } from '../worker/harness.ts';
import type { MochaInstance, Runnable, Runner, Test } from './mocha-types.ts';

/** Has Mocha run what is loaded, and tells of each test with its hooks. Answers what failed outside of all tests. */
export async function watchedRun(mocha: MochaInstance, tests: ReadonlyMap<Test, FoundTest>, watch: Watch): Promise<string | undefined> {
  let error: string | undefined;
  let current: { found: FoundTest; ran?: RanTest; retried: boolean } | undefined;
  let begun = 0;
  let runner!: Runner;
  const tell = (ran: RanTest) => {
    current = undefined;
    if (!watch.ended(ran)) runner.abort();
  };
  // The hooks after a test belong to it: it has ended when something else begins.
  const flush = () => {
    if (current?.ran) tell(current.ran);
  };
  await new Promise<void>((resolve) => {
    runner = mocha.run(() => resolve());
    runner.on('suite', flush);
    runner.on('hook', (hook) => {
      if (isAroundAll(hook)) flush();
    });
    runner.on('test', (test) => {
      if (current?.retried) {
        current = { found: current.found, retried: false };
        return;
      }
      flush();
      const found = tests.get(test);
      if (!found) return;
      current = { found, retried: false };
      begun = now();
      watch.begins(found);
    });
    runner.on('retry', () => {
      if (current) current.retried = true;
    });
    runner.on('pending', (test) => {
      const found = tests.get(test);
      // One that skips itself, of which there may be a copy; or one that is marked, which comes without a beginning behind a test that has ended.
      if (current && !current.ran && (!found || found === current.found)) current.ran = ended(current.found, 'skipped');
      else if (found) {
        flush();
        tell(ended(found, 'skipped'));
      }
    });
    runner.on('test end', (test) => {
      if (current && !current.ran && test.state === 'passed') current.ran = ended(current.found, 'passed', now() - begun);
    });
    runner.on('fail', (failed, reason) => {
      const message = messageOf(reason);
      if (current && !isAroundAll(failed)) tell({ ...ended(current.found, 'failed', now() - begun), message });
      else if (!current && failed.type === 'test' && tests.has(failed as Test))
        tell({ ...ended(tests.get(failed as Test) as FoundTest, 'failed'), message });
      else {
        flush();
        error ??= message;
        runner.abort();
      }
    });
  });
  flush();
  // Else it throws at errors of later runs.
  process.off('uncaughtException', runner.uncaught);
  runner.dispose?.();
  return error;
}

/** Mocha itself measures in whole milliseconds, of which most tests take none. */
function ended(found: FoundTest, state: RanTest['state'], durationMs = 0): RanTest {
  return { ...found, state, durationMs };
}

function isAroundAll(hook: Runnable): boolean {
  return hook.type === 'hook' && (hook.parent._beforeAll.includes(hook) || hook.parent._afterAll.includes(hook));
}

/** An error's message, whatever was thrown. */
export function messageOf(error: unknown): string {
  const message = (error as { message?: unknown } | undefined)?.message;
  return typeof message === 'string' && message ? message : String(error);
}
