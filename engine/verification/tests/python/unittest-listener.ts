import path from 'node:path';
import { readTextNow } from '../../../workspace/index.ts';
import type { TestState } from '../../model.ts';
import type { ToldFailure, ToldTest } from '../events.ts';
import type { Listener, Tell } from '../listener.ts';

const RUN = 'unittest';
/** `test_a (package.module.Class.test_a) ... ok`, the end of which may stand on a line of its own: of the test's description. */
const NAMED = /^(\w+) \(([\w.]+)\)(?: \.\.\. (.*))?$/;
const PART = /^ {2}\w+ \([\w.]+\) .* \.\.\. (?:FAIL|ERROR|skipped .*)$/;
const ENDS = /^(?:.* \.\.\. )?(ok|FAIL|ERROR|expected failure|unexpected success|skipped (?:'.*'|".*"))$/;
const NOT_LOADED = 'unittest.loader._FailedTest';
const SECTION = /^(FAIL|ERROR): (\w+) \(([\w.]+)\)(.*)$/;
const FRAME = /^ {2}File "(.+)", line (\d+), in .+$/gm;

/** Hears Python's unittest by what it says: all tests with `-v`, else those that failed and how many there were. */
export class UnittestListener implements Listener {
  readonly #tell: Tell;
  readonly #cwd: string;
  readonly #states = new Map<string, TestState>();
  #current: { name: string; owner: string } | undefined;
  #section: { kind: string; name: string; owner: string; part: string; lines: string[] } | undefined;
  #ran = 0;
  /** Which of the tests that ran failed; a test with parts may fail several times, and what is set up for a class is no test that ran. */
  readonly #failedOfRan = new Set<string>();
  /** How many tests are named that passed and should not have. */
  #unexpected = 0;
  #known = false;

  constructor(tell: Tell, cwd: string) {
    this.#tell = tell;
    this.#cwd = cwd;
  }

  hear(_stream: 'stdout' | 'stderr', line: string): string {
    const [, kind, failed, failedOwner, part = ''] = SECTION.exec(line) ?? [];
    const [, count] = /^Ran (\d+) tests? in [\d.]+s$/.exec(line) ?? [];
    if (kind !== undefined || count !== undefined) this.#endSection();
    if (kind !== undefined && failed !== undefined && failedOwner !== undefined) {
      this.#section = { kind, name: failed, owner: failedOwner, part: part.trim(), lines: [] };
    } else if (count !== undefined) {
      this.#ran += Number(count);
      this.#begin();
    } else if (this.#section) this.#section.lines.push(line);
    else if (!this.#takeSummary(line)) this.#takeNamed(line);
    return line;
  }

  end(): void {
    if (!this.#known) return;
    this.#tell({ type: 'end', run: RUN });
  }

  #takeNamed(line: string): void {
    // What failed inside of a test is told again below, and the test itself ends without a word.
    if (PART.test(line)) this.#current = undefined;
    const [, name, owner] = NAMED.exec(line) ?? [];
    if (name !== undefined && owner !== undefined) this.#current = { name, owner };
    const [, end] = ENDS.exec(line) ?? [];
    if (end === undefined || !this.#current || this.#current.owner.startsWith(NOT_LOADED)) return;
    if (end === 'unexpected success') this.#unexpected += 1;
    const state = end === 'ok' || end === 'unexpected success' ? 'passed' : end === 'FAIL' || end === 'ERROR' ? 'failed' : 'skipped';
    this.#test(this.#current.name, this.#current.owner, end === 'unexpected success' ? 'failed' : state);
    this.#current = undefined;
  }

  /** The last line tells how many of those that ran did not pass; those that were not named are known by number only. */
  #takeSummary(line: string): boolean {
    const [, verdict, list = ''] = /^(OK|FAILED)(?: \((.*)\))?$/.exec(line) ?? [];
    if (verdict === undefined || this.#ran === 0) return false;
    const told = (name: string) => Number(new RegExp(`(?:^|, )${name}=(\\d+)`).exec(list)?.[1] ?? 0);
    const named = (state: TestState) => [...this.#states.values()].filter((one) => one === state).length;
    const skipped = told('skipped') + told('expected failures');
    const failed = told('unexpected successes');
    const passed = Math.max(0, this.#ran - skipped - failed - this.#failedOfRan.size);
    const left = (all: number, state: TestState) => Math.max(0, all - named(state));
    const unnamed = { passed: left(passed, 'passed'), failed: Math.max(0, failed - this.#unexpected), skipped: left(skipped, 'skipped'), todo: 0 };
    this.#tell({ type: 'counts', run: RUN, counts: unnamed });
    return true;
  }

  #endSection(): void {
    const section = this.#section;
    this.#section = undefined;
    if (!section) return;
    const { name, owner, part, lines } = section;
    if (!/^(setUp|tearDown)(Class|Module)$/.test(name)) this.#failedOfRan.add(`${owner} ${name}`);
    const text = lines
      .filter((line) => !/^[-=]{70}$/.test(line))
      .join('\n')
      .trim();
    if (owner.startsWith(NOT_LOADED)) {
      this.#begin();
      this.#states.set(`${owner} ${name}`, 'failed');
      this.#tell({ type: 'broken', run: RUN, ...this.#file(name, ''), message: lastWords(text), stack: text });
      return;
    }
    this.#test(name, owner, 'failed', { message: lastWords(text), stack: text, ...this.#at(text) }, part);
  }

  #test(name: string, owner: string, state: TestState, failure?: ToldFailure, part = ''): void {
    this.#begin();
    // Since Python 3.11 the name stands at the end of its owner's, too.
    const names = owner.endsWith(`.${name}`) ? owner.slice(0, -name.length - 1) : owner;
    const key = `${names}.${name}${part && ` ${part}`}`;
    this.#states.set(key, state);
    const title = [names.split('.').at(-1) ?? names, name, ...(part ? [part] : [])];
    this.#tell({
      type: 'test',
      run: RUN,
      test: {
        key,
        id: `${names}.${name}`,
        ...this.#place(names, name),
        title,
        state,
        ...(state === 'failed' && { failure: failure ?? { message: '' } }),
      },
    });
  }

  /** The file of a module, by its name from the folder that the command runs in; `until` begins what is no part of the module's name. */
  #file(names: string, until: string): { file?: string } {
    const module = until ? names.slice(0, names.lastIndexOf(until)) : names;
    return module && module !== '__main__' ? { file: `${path.join(this.#cwd, ...module.split('.'))}.py` } : {};
  }

  #place(names: string, name: string): Pick<ToldTest, 'file' | 'place'> {
    const { file } = this.#file(names, '.');
    if (file === undefined) return {};
    const text = readTextNow(file);
    const line = text?.split('\n').findIndex((one) => new RegExp(`^\\s+(?:async )?def ${name}\\(`).test(one)) ?? -1;
    return text === undefined ? {} : { file, ...(line >= 0 && { place: [line + 1] }) };
  }

  #at(text: string): Pick<ToldFailure, 'at'> {
    const frames = [...text.matchAll(FRAME)].filter(([, file = '']) => !/[\\/](site-packages|unittest)[\\/]/.test(file));
    const [, file, line] = frames.at(-1) ?? [];
    return file === undefined ? {} : { at: { file: path.resolve(this.#cwd, file), place: [Number(line)] } };
  }

  #begin(): void {
    if (!this.#known) this.#tell({ type: 'run', run: RUN, framework: 'unittest' });
    this.#known = true;
  }
}

/** The last line of a traceback that says what was raised, and what follows it. */
function lastWords(traceback: string): string {
  const raised = [...traceback.matchAll(/^(?:\w+\.)*\w*(?:Error|Exception|Warning|Interrupt|Exit)(?::|$)/gm)].at(-1);
  return raised ? traceback.slice(raised.index).trim() : (traceback.split('\n').at(-1) ?? '');
}
