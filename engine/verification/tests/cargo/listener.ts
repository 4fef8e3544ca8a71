import type { ToldTest } from '../events.ts';
import type { Listener, Tell } from '../listener.ts';
import { failureOf } from './panic.ts';
import { CargoPlaces } from './places.ts';

const RUN = 'cargo';
const RUNNING = /^\s+Running (?:unittests )?(\S+\.rs) \((.*)\)$/;
const DOC_TESTS = /^\s+Doc-tests (\S+)$/;
const TEST = /^test (.+?)(?: - should panic)? \.\.\. (ok|FAILED|ignored)(?:, .*)?(?: <([\d.]+)s>)?$/;
const SECTION = /^---- (.+?)(?: - should panic)? stdout ----$/;
const DOC_TEST = /^(\S+\.rs) - (.*)\(line (\d+)\)(?: - .*)?$/;

/** Hears `cargo test`, whose tests tell only people what they do. */
export class CargoListener implements Listener {
  readonly #tell: Tell;
  readonly #places: CargoPlaces;
  /** What cargo started, in order: it says so on another stream than the tests speak on. */
  readonly #binaries: { name: string; source?: string }[] = [];
  /** Which of them speaks. */
  #speaking = -1;
  /** Tests of other tools may print what tests of cargo do. */
  #isSpeaking = false;
  readonly #failed = new Map<string, ToldTest>();
  /** The failure that is being told. */
  #section: { name: string; lines: string[] } | undefined;
  #compilerErrors: string[] | undefined;
  #known = false;

  constructor(tell: Tell, cwd: string) {
    this.#tell = tell;
    this.#places = new CargoPlaces(cwd);
  }

  hear(_stream: 'stdout' | 'stderr', line: string): string {
    this.#take(line);
    return line;
  }

  end(): void {
    this.#endSection();
    if (this.#known) this.#tell({ type: 'end', run: RUN });
  }

  #take(line: string): void {
    const [, source, binary = ''] = RUNNING.exec(line) ?? [];
    const [, documented] = DOC_TESTS.exec(line) ?? [];
    if (source !== undefined) this.#binaries.push({ name: binary, source: this.#places.source(source, binary) });
    else if (documented !== undefined) this.#binaries.push({ name: documented });
    else if (/^running \d+ tests?$/.test(line)) this.#speak();
    else if (this.#section || SECTION.test(line)) this.#takeOfSection(line);
    else if (line.startsWith('test result: ')) this.#isSpeaking = false;
    else if (line.startsWith('test ') && this.#isSpeaking) this.#takeTest(line);
    else this.#takeError(line);
  }

  #speak(): void {
    // A crate without tests says so, too, and that is another thing than to say nothing.
    if (this.#binaries.length > 0) this.#begin();
    this.#speaking += 1;
    this.#isSpeaking = true;
  }

  #takeTest(line: string): void {
    const [, name, how, seconds] = TEST.exec(line) ?? [];
    if (name === undefined) return;
    const binary = this.#binaries[this.#speaking];
    const [, file, item = '', at] = DOC_TEST.exec(name) ?? [];
    const test: ToldTest = {
      key: `${binary?.name ?? ''} ${name}`,
      id: name,
      title: file === undefined ? name.split('::') : [item.trim() || file, `line ${at}`],
      ...(file === undefined ? this.#places.test(binary?.source, name) : { file: this.#places.resolve(file), place: [Number(at)] }),
      state: how === 'ok' ? 'passed' : how === 'FAILED' ? 'failed' : 'skipped',
      ...(seconds !== undefined && { ms: Number(seconds) * 1000 }),
    };
    if (test.state === 'failed') this.#failed.set(name, test);
    this.#begin();
    this.#tell({ type: 'test', run: RUN, test });
  }

  #takeOfSection(line: string): void {
    const [, name] = SECTION.exec(line) ?? [];
    if (line.startsWith('test result: ')) this.#isSpeaking = false;
    if (name !== undefined || line === 'failures:' || line.startsWith('test result: ')) this.#endSection();
    if (name !== undefined) this.#section = { name, lines: [] };
    else this.#section?.lines.push(line);
  }

  #endSection(): void {
    const { name = '', lines = [] } = this.#section ?? {};
    this.#section = undefined;
    const test = this.#failed.get(name);
    if (!test) return;
    this.#failed.delete(name);
    this.#tell({ type: 'test', run: RUN, test: { ...test, failure: failureOf(lines.join('\n').trim(), this.#places) } });
  }

  /** What kept tests from being built, or a process of tests that came to a bad end. */
  #takeError(line: string): void {
    if (/^error(\[E\d+\])?: (?!test failed|could not compile|aborting|\d+ targets? failed)/.test(line)) this.#compilerErrors = [line];
    else if (this.#compilerErrors && this.#compilerErrors.length < 12) this.#compilerErrors.push(line);
    const notBuilt = /^error: could not compile `(.+?)`/.test(line);
    const [, how] = /process didn't exit successfully: .*\((signal: .*)\)$/.exec(line) ?? [];
    if (!notBuilt && how === undefined) return;
    const text = this.#compilerErrors?.join('\n') ?? line;
    const [, file, at, column] = /^\s*--> (\S+?):(\d+):(\d+)$/m.exec(notBuilt ? text : '') ?? [];
    const binary = this.#binaries.at(-1);
    this.#begin();
    this.#tell({
      type: 'broken',
      run: RUN,
      ...(notBuilt
        ? file !== undefined && { file: this.#places.resolve(file), place: [Number(at), Number(column)] }
        : binary?.source !== undefined && { file: binary.source }),
      message: notBuilt ? text : `The process of these tests ended by ${how}.`,
    });
    this.#compilerErrors = undefined;
  }

  #begin(): void {
    if (!this.#known) this.#tell({ type: 'run', run: RUN, framework: 'cargo' });
    this.#known = true;
  }
}
