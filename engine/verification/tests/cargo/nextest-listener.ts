import type { ToldTest } from '../events.ts';
import type { Listener, Tell } from '../listener.ts';
import { failureOf } from './panic.ts';
import { CargoPlaces } from './places.ts';

const RUN = 'nextest';
/** `PASS [   0.148s] ( 1/10) crate::binary module::test` */
const LINE = /^ +(PASS|FAIL|LEAK|TIMEOUT|ABORT|SIG[A-Z]+|SKIP) \[(?: *([\d.]+)s| *)\] (?:\([ \d/]+\) )?(\S+) (\S+)$/;

interface LibtestEvent {
  type: string;
  event: string;
  name?: string;
  exec_time?: number;
  stdout?: string;
}

/** Hears `cargo nextest`: its libtest-json on the standard output if it was asked for that, else what it says to people. */
export class NextestListener implements Listener {
  readonly #tell: Tell;
  readonly #places: CargoPlaces;
  readonly #sources = new Map<string, string | undefined>();
  #known = false;
  readonly #json: boolean;

  /** @param json whether it was asked for libtest-json */
  constructor(tell: Tell, cwd: string, json = false) {
    this.#json = json;
    this.#tell = tell;
    this.#places = new CargoPlaces(cwd);
  }

  hear(stream: 'stdout' | 'stderr', line: string): string | undefined {
    const event = this.#json && stream === 'stdout' && line.startsWith('{"type":') ? parse(line) : undefined;
    if (event) {
      this.#take(event);
      return undefined;
    }
    const [, how, seconds, binary = '', name] = this.#json ? [] : (LINE.exec(line) ?? []);
    if (name !== undefined) {
      const [crate = '', file = crate] = binary.split('::');
      this.#test(crate, file, name, { state: stateOf(how ?? ''), ...(seconds !== undefined && { ms: Number(seconds) * 1000 }) });
    }
    return line;
  }

  end(): void {
    if (this.#known) this.#tell({ type: 'end', run: RUN });
  }

  #take({ type, event, name = '', exec_time: seconds, stdout = '' }: LibtestEvent): void {
    const [, crate = '', binary = '', test = ''] = /^(.*?)::(.*?)\$(.*?)(?:#\d+)?$/.exec(name) ?? [];
    if (type !== 'test' || !test) return;
    if (event === 'started') {
      this.#begin();
      this.#tell({ type: 'begin', run: RUN, ...this.#placed(crate, binary, test), title: test.split('::') });
      return;
    }
    this.#test(crate, binary, test, {
      state: event === 'ok' ? 'passed' : event === 'ignored' ? 'skipped' : 'failed',
      ...(seconds !== undefined && { ms: seconds * 1000 }),
      ...(event === 'failed' && { failure: failureOf(stdout.trim(), this.#places) }),
    });
  }

  #test(crate: string, binary: string, name: string, how: Pick<ToldTest, 'state' | 'ms' | 'failure'>): void {
    this.#begin();
    const test: ToldTest = {
      key: `${crate}::${binary} ${name}`,
      id: name,
      title: name.split('::'),
      ...this.#placed(crate, binary, name),
      ...how,
      ...(how.state === 'failed' && { failure: how.failure ?? { message: 'What it said is in the log.' } }),
    };
    this.#tell({ type: 'test', run: RUN, test });
  }

  #placed(crate: string, binary: string, name: string): Pick<ToldTest, 'file' | 'place'> {
    const key = `${crate}::${binary}`;
    if (!this.#sources.has(key)) this.#sources.set(key, this.#places.sourceOf(crate, binary));
    return this.#places.test(this.#sources.get(key), name);
  }

  #begin(): void {
    if (!this.#known) this.#tell({ type: 'run', run: RUN, framework: 'nextest' });
    this.#known = true;
  }
}

function stateOf(how: string): ToldTest['state'] {
  if (how === 'SKIP') return 'skipped';
  return how === 'PASS' || how === 'LEAK' ? 'passed' : 'failed';
}

function parse(line: string): LibtestEvent | undefined {
  try {
    return JSON.parse(line) as LibtestEvent;
  } catch {
    return undefined;
  }
}
