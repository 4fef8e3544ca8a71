import type { Listener, Tell } from '../listener.ts';

const RUN = 'pytest-said';
const SUMMARY = /^=+ ((?:\d+ (?:failed|passed|skipped|deselected|xfailed|xpassed|warnings?|errors?|rerun|subtests passed)(?:, )?)+) in [\d.]+s.* =+$/;

/** Hears pytest where our plugin did not reach it, as in a container: its last line tells numbers. */
export class PytestSummary implements Listener {
  readonly #tell: Tell;
  readonly #counts = { passed: 0, failed: 0, skipped: 0, todo: 0 };

  constructor(tell: Tell) {
    this.#tell = tell;
  }

  hear(_stream: 'stdout' | 'stderr', line: string): string {
    const list = SUMMARY.exec(line)?.[1];
    if (list !== undefined) {
      const told = (...names: string[]) => names.reduce((sum, name) => sum + Number(new RegExp(`(\\d+) ${name}\\b`).exec(list)?.[1] ?? 0), 0);
      this.#counts.passed += told('(?<!subtests )passed', 'xpassed');
      this.#counts.failed += told('failed', 'errors?');
      this.#counts.skipped += told('skipped', 'xfailed');
      this.#tell({ type: 'run', run: RUN, framework: 'pytest' });
      this.#tell({ type: 'counts', run: RUN, counts: { ...this.#counts } });
    }
    return line;
  }

  end(): void {}
}
