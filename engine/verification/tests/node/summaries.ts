import type { TestCounts } from '../../model.ts';
import { NO_COUNTS } from '../gathering.ts';
import type { Listener, Tell } from '../listener.ts';

/** Frameworks of Node that tell numbers at the end of what they say. */
export const SUMMARIZED: ReadonlySet<string> = new Set(['jest', 'vitest', 'mocha', 'node:test']);

const JEST = /^Tests: {7}(?=\d)(.*)\d+ total$/;
const VITEST = /^ {6}Tests {2}(?=\d)(.*)\(\d+\)$/;
const MOCHA = /^ {2}(\d+) (passing \([\d.]+m?[smhd]\)|pending|failing)$/;
/** Only Node's own runner counts suites, and in this order. */
const NODE_SUITES = /^[ℹ#] suites \d+$/;
const NODE = /^[ℹ#] (pass|fail|cancelled|skipped|todo) (\d+)$/;
const STATES: Readonly<Record<string, keyof TestCounts>> = {
  passed: 'passed',
  passing: 'passed',
  pass: 'passed',
  // Vitest's `expected fail`: it failed, as it is to.
  expected: 'passed',
  failed: 'failed',
  failing: 'failed',
  fail: 'failed',
  cancelled: 'failed',
  skipped: 'skipped',
  pending: 'skipped',
  todo: 'todo',
};

/** Hears test frameworks of Node where our reporters did not reach them, since a Makefile or a script of a shell sets `NODE_OPTIONS` anew: their last lines tell numbers. */
export class NodeSummaries implements Listener {
  readonly #tell: Tell;
  readonly #counts = new Map<string, TestCounts>();
  #afterSuites = false;

  constructor(tell: Tell) {
    this.#tell = tell;
  }

  hear(_stream: 'stdout' | 'stderr', line: string): string {
    const list = JEST.exec(line)?.[1];
    if (list !== undefined) this.#add('jest', list);
    const said = VITEST.exec(line)?.[1];
    if (said !== undefined) this.#add('vitest', said);
    const [mocha] = MOCHA.exec(line) ?? [];
    if (mocha !== undefined) this.#add('mocha', mocha);
    if (NODE_SUITES.test(line)) this.#afterSuites = true;
    const [node, state, number] = NODE.exec(line) ?? [];
    if (node === undefined) return line;
    if (this.#afterSuites) this.#add('node:test', `${number} ${state}`);
    if (state === 'todo') this.#afterSuites = false;
    return line;
  }

  end(): void {}

  /** Takes `1 failed, 3 passed` of a run: there may be several, one a package. */
  #add(framework: string, list: string): void {
    const run = `${framework}-said`;
    const counts = { ...(this.#counts.get(framework) ?? NO_COUNTS) };
    for (const [, number, word = ''] of list.matchAll(/(\d+) ([a-z]+)/g)) {
      const state = STATES[word];
      if (state) counts[state] += Number(number);
    }
    if (!this.#counts.has(framework)) this.#tell({ type: 'run', run, framework });
    this.#counts.set(framework, counts);
    this.#tell({ type: 'counts', run, counts });
  }
}
