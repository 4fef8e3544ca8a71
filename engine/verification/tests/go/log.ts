const FRAMING = /^(=== (RUN|PAUSE|CONT|NAME)|\s*--- (PASS|SKIP|BENCH): )/;
const LOGGED = /^ {4}/;

/** A line of `go test -json`, as far as it is shown. */
interface Said {
  Action: string;
  Package?: string;
  Test?: string;
  Output?: string;
}

/** Makes of `go test -json` what go shows without it: of a package that passed one line, of one that failed what its tests said and which of them failed. */
export class GoLog {
  readonly #verbose: boolean;
  /** What the tests of a package said, kept until it is known whether it failed. */
  readonly #kept = new Map<string, Said[]>();
  /** The piece of a line that has no end yet. */
  #piece = '';

  constructor(verbose: boolean) {
    this.#verbose = verbose;
  }

  /** What people see after an event; undefined for nothing. */
  show(event: Said): string | undefined {
    const { Action: action, Package: name = '', Output: output = '' } = event;
    if (action === 'build-output' || (action === 'output' && (this.#verbose || isSummary(event)))) {
      const before = isSummary(event) && /^(FAIL|---|panic)/.test(output) ? this.#flush(name) : '';
      return this.#lines(before + output);
    }
    if (action === 'output') {
      const kept = this.#kept.get(name);
      if (kept) kept.push(event);
      else this.#kept.set(name, [event]);
    }
    if (action === 'pass' && event.Test === undefined) this.#kept.delete(name);
    return undefined;
  }

  #flush(name: string): string {
    const kept = this.#kept.get(name) ?? [];
    this.#kept.delete(name);
    const failed = new Set(kept.filter(({ Output = '' }) => /^\s*--- FAIL: /.test(Output)).map(({ Test }) => Test));
    const shown = kept.filter(({ Test, Output = '' }) => !FRAMING.test(Output) && Output !== 'PASS\n' && (failed.has(Test) || !LOGGED.test(Output)));
    return shown.map(({ Output = '' }) => Output).join('');
  }

  #lines(text: string): string | undefined {
    const whole = this.#piece + text;
    const end = whole.lastIndexOf('\n');
    this.#piece = whole.slice(end + 1);
    return end < 0 ? undefined : whole.slice(0, end);
  }
}

/** What go itself says of a package when its tests are over. */
function isSummary({ Test, Output = '' }: Said): boolean {
  return Test === undefined && /^(ok {2}|FAIL\t|\?\s|\t|coverage: |FAIL\n)/.test(Output);
}
