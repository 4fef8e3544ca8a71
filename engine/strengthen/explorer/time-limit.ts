import { Script } from 'node:vm';

/** How long a call may take that is broken off then, milliseconds. */
const LIMIT_MS = 400;
const NAME = '__assay_call__';

// Only what V8 runs as a script of its own can be broken off, which takes a watchdog's thread and 0.2 ms each time.
const script = new Script(`Reflect.get(globalThis, ${JSON.stringify(NAME)})()`);

/** What a call comes to; throws `Late` where it does not come to an end: code that is not instrumented counts no steps. */
export function withTimeLimit<T>(call: () => T): T {
  let result: { value: T } | { error: unknown } | undefined;
  Object.defineProperty(globalThis, NAME, {
    configurable: true,
    value: () => {
      try {
        result = { value: call() };
      } catch (error) {
        result = { error };
      }
    },
  });
  try {
    script.runInThisContext({ timeout: LIMIT_MS });
  } catch {
    // It was broken off: then it came to nothing.
  } finally {
    Reflect.deleteProperty(globalThis, NAME);
  }
  if (!result) throw new Late();
  if ('error' in result) throw result.error;
  return result.value;
}

/** What did not come to an end in time. */
export class Late extends Error {}
