/** The real clock and timers, taken before any test can replace them. */
export const now: () => number = performance.now.bind(performance);
const { setImmediate: immediate, setInterval: interval, setTimeout: timeout } = globalThis;

/** Lets everything happen that waits: timers, input, errors that nobody handled. */
export function breathe(): Promise<void> {
  return new Promise((resolve) => immediate(resolve));
}

/** Calls back regularly without keeping the process alive. */
export function every(ms: number, callback: () => void): void {
  interval(callback, ms).unref();
}

/** Calls back once. */
export function later(ms: number, callback: () => void): void {
  timeout(callback, ms);
}
