import { AsyncLocalStorage } from 'node:async_hooks';
import { stayAlive } from '../worker/link.ts';
import type { TestContext } from './context.ts';
import type { Fn } from './tree.ts';

const { setTimeout: timer, clearTimeout: stopTimer } = globalThis;

/** The test whose function runs: what it declares by node:test itself, and not by its context, is inside of it all the same. */
export const runningTest = new AsyncLocalStorage<TestContext>();

/** What fails the function that runs when an error is left unhandled. */
let failRunning: ((error: unknown) => void) | undefined;

// As node:test does: a test that waits for what will never come fails at once.
process.on('beforeExit', () => {
  stayAlive(true);
  failRunning?.(new Error('Promise resolution is still pending but the event loop has already resolved'));
});

/** Gives an error that nobody handled to the function that runs. Answers whether there is one. */
export function failCurrent(error: unknown): boolean {
  failRunning?.(error);
  return failRunning !== undefined;
}

/** Calls a function that may take a callback, may be asynchronous, and may take too long. */
export async function invoke(fn: Fn, context: object, timeout: number): Promise<void> {
  let limit: NodeJS.Timeout | undefined;
  const outer = failRunning;
  try {
    await new Promise<unknown>((resolve, reject) => {
      failRunning = reject;
      if (Number.isFinite(timeout)) limit = timer(() => reject(new Error(`test timed out after ${timeout}ms`)), timeout).unref();
      const done = (error?: unknown) => (error ? reject(error) : resolve(undefined));
      try {
        const result: unknown = fn.call(context, ...([context, done].slice(0, Math.max(1, fn.length)) as never[]));
        stayAlive(false);
        // Not resolved with it at once: it could no longer be failed.
        if (fn.length < 2) Promise.resolve(result).then(resolve, reject);
        else if (result instanceof Promise) reject(new Error('passed a callback but also returned a Promise'));
      } catch (error) {
        reject(error);
      }
    });
  } finally {
    failRunning = outer;
    stayAlive(true);
    stopTimer(limit);
  }
}
