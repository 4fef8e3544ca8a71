import assert from 'node:assert';
import { Unsupported } from './unsupported.ts';

type Assertion = (...args: unknown[]) => unknown;

/** Assertions that the file added with `assert.register`. */
const registered = new Map<string, Assertion>();

/** What node:test exports as `assert`. */
export const assertModule = {
  register(name: string, fn: Assertion): void {
    registered.set(name, fn);
  },
};

/** Forgets assertions of the file before. */
export function forgetAssertions(): void {
  registered.clear();
}

/** The assertions of a test's context; `count` is told of each. */
export function contextAssert(context: object, count: () => void): Record<string, Assertion> {
  const all: [string, Assertion][] = [
    ...Object.entries(assert).filter(([name, value]) => typeof value === 'function' && /^[a-z]/.test(name) && name !== 'strict'),
    ...SNAPSHOTS.map((name): [string, Assertion] => [
      name,
      () => {
        throw new Unsupported(`t.assert.${name} is not run hot`);
      },
    ]),
    ...registered,
  ] as [string, Assertion][];
  return Object.fromEntries(
    all.map(([name, fn]) => [
      name,
      (...args) => {
        count();
        return fn.apply(context, args);
      },
    ]),
  );
}

const SNAPSHOTS = ['snapshot', 'fileSnapshot'];
