import type { TestCounts } from '../../model.ts';
import { NO_COUNTS } from '../gathering.ts';
import type { Listener, Tell } from '../listener.ts';

/** Hears the lines of one framework; answers what a run came to when a line says so. */
type Hearing = (line: string) => Partial<TestCounts> | undefined;

/** Frameworks that run on Node or Bun and have no reporter of ours, and how each says what came of a run. */
const FRAMEWORKS: Readonly<Record<string, () => Hearing>> = { ava, tape, uvu, jasmine, karma, playwright, 'bun test': bun };

/** Their names. */
export const OTHERS: ReadonlySet<string> = new Set(Object.keys(FRAMEWORKS));

/** Hears frameworks that have no reporter of ours by the last lines of their runs, which tell numbers. */
export class OtherSummaries implements Listener {
  readonly #tell: Tell;
  readonly #hearings = Object.entries(FRAMEWORKS).map(([framework, begin]) => ({ framework, hear: begin(), counts: NO_COUNTS, began: false }));

  constructor(tell: Tell) {
    this.#tell = tell;
  }

  hear(_stream: 'stdout' | 'stderr', line: string): string {
    for (const one of this.#hearings) {
      const told = one.hear(line);
      if (!told) continue;
      const run = `${one.framework}-said`;
      if (!one.began) this.#tell({ type: 'run', run, framework: one.framework });
      one.began = true;
      const { passed = 0, failed = 0, skipped = 0, todo = 0 } = told;
      // There may be several runs, one a package.
      const { counts } = one;
      one.counts = { passed: counts.passed + passed, failed: counts.failed + failed, skipped: counts.skipped + skipped, todo: counts.todo + todo };
      this.#tell({ type: 'counts', run, counts: one.counts });
    }
    return line;
  }

  end(): void {}
}

/** `  20 tests passed` below a rule; where any failed, the others are only told one by one (`  ✔ title`). */
function ava(): Hearing {
  let ticks = 0;
  let isAtEnd = false;
  return (line) => {
    // Known failures have a count of their own.
    if (/^ {2}[✔√] (?!\[expected fail\])/.test(line)) ticks += 1;
    if (line === '  ─') isAtEnd = true;
    const [, number = '', what = '', how] = /^ {2}(\d+) (test|hook|known failure)s?(?: (passed|failed|skipped|todo))?$/.exec(line) ?? [];
    if (!isAtEnd || what === '') return undefined;
    const count = Number(number);
    if (what === 'known failure') return { passed: count };
    if (how === 'skipped' || how === 'todo') return { [how]: count };
    // The next package begins anew.
    const before = ticks;
    ticks = 0;
    if (how === 'passed') return { passed: count };
    return how === 'failed' ? { failed: count, passed: before } : undefined;
  };
}

/** `# tests 12`, then `# pass  11` with two spaces, which node:test has not. What tape calls a test is an assertion. */
function tape(): Hearing {
  let tests: number | undefined;
  return (line) => {
    const [, all] = /^# tests (\d+)$/.exec(line) ?? [];
    if (all !== undefined) tests = Number(all);
    const [, passed] = /^# pass {2}(\d+)$/.exec(line) ?? [];
    if (passed === undefined || tests === undefined) return undefined;
    const counts = { passed: Number(passed), failed: tests - Number(passed) };
    tests = undefined;
    return counts;
  };
}

/** `  Total:     12`, `  Passed:    11`, `  Skipped:   1`: what is skipped is not in the total. */
function uvu(): Hearing {
  let total: number | undefined;
  let passed: number | undefined;
  return (line) => {
    const [, what, number] = /^ {2}(Total|Passed|Skipped): {3,5}(\d+)$/.exec(line) ?? [];
    if (what === 'Total') total = Number(number);
    if (what === 'Passed') passed = Number(number);
    if (what !== 'Skipped' || total === undefined || passed === undefined) return undefined;
    const counts = { passed, failed: total - passed, skipped: Number(number) };
    total = undefined;
    passed = undefined;
    return counts;
  };
}

/** `12 specs, 1 failure, 2 pending specs`. */
function jasmine(): Hearing {
  return (line) => {
    const [, specs, failures, pending = '0'] = /^(\d+) specs?, (\d+) failures?(?:, (\d+) pending specs?)?$/.exec(line) ?? [];
    if (specs === undefined) return undefined;
    return { passed: Number(specs) - Number(failures) - Number(pending), failed: Number(failures), skipped: Number(pending) };
  };
}

/** `TOTAL: 1 FAILED, 12 SUCCESS` of all browsers; what was skipped only each browser's own line tells: `Chrome 156 (Linux): Executed 13 of 14 (1 FAILED) (skipped 1) (0.3 secs / 0.1 secs)`. */
function karma(): Hearing {
  const skipped = new Map<string, number>();
  return (line) => {
    const [, browser, number] = /^([^:]+): Executed \d+ of \d+ (?:\(\d+ FAILED\) )?\(skipped (\d+)\)/.exec(line) ?? [];
    if (browser !== undefined) skipped.set(browser, Number(number));
    const [, failed = '0', passed] = /^TOTAL: (?:(\d+) FAILED, )?(\d+) SUCCESS$/.exec(line) ?? [];
    if (passed === undefined) return undefined;
    const counts = { passed: Number(passed), failed: Number(failed), skipped: [...skipped.values()].reduce((sum, one) => sum + one, 0) };
    skipped.clear();
    return counts;
  };
}

/** `  1 failed`, `  2 skipped`, `  12 passed (3.2s)`; a flaky test of Playwright's passed when it was tried again. */
function playwright(): Hearing {
  return (line) => {
    const [, number, how] = /^ {2}(\d+) (failed|interrupted|flaky|skipped|did not run|passed \([\d.]+m?[smh]\))$/.exec(line) ?? [];
    if (how === undefined) return undefined;
    const state = how === 'failed' || how === 'interrupted' ? 'failed' : how === 'skipped' || how === 'did not run' ? 'skipped' : 'passed';
    return { [state]: Number(number) };
  };
}

/** ` 12 pass`, ` 0 fail`, at last `Ran 12 tests across 3 files. [35.00ms]`. */
function bun(): Hearing {
  let counts: Partial<Record<keyof TestCounts, number>> = {};
  return (line) => {
    const [, number, how = ''] = /^ *(\d+) (pass|fail|skip|todo)$/.exec(line) ?? [];
    const state = ({ pass: 'passed', fail: 'failed', skip: 'skipped', todo: 'todo' } as const)[how];
    if (state) counts[state] = Number(number);
    if (!/^Ran \d+ tests? across \d+ files?\./.test(line)) return undefined;
    const told = counts;
    counts = {};
    return told;
  };
}
