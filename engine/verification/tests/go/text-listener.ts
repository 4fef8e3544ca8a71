import type { Listener, Tell } from '../listener.ts';
import { GoPlaces } from './places.ts';
import { titleOf } from './title.ts';

const RUN = 'go-said';
/** What a test printed without an end of line stands before it. */
const ENDED = /--- (PASS|FAIL|SKIP): (\S+) \(([\d.]+)s\)$/;
const BEGUN = /=== RUN {3}(\S+)$/;
/** How many of the lines that belong to no test yet are kept at least, the last ones: most commands are none of go's, and may say gigabytes. */
const MOST_SAID = 5000;
const PACKAGE = /^(ok {2}|FAIL|\?\s{2})\s*\t(\S+)(?:\t| |$)(.*)$/;

/** Hears `go test` by what it says to people: all tests with `-v`, else those that failed, and each package that passed as one. */
export class GoTextListener implements Listener {
  readonly #tell: Tell;
  readonly #places: GoPlaces;
  /** Tests that ended in the package whose name is not told yet, and what was said before each end or after. */
  #ended: { name: string; how: string; ms: number; said: string[] }[] = [];
  #said: string[] = [];
  #verbose = false;
  /** With `-v`, the tests of the package that have begun: tests may print what go prints. */
  readonly #begun = new Set<string>();
  /** What the compiler said, by the package, and of which it speaks. */
  readonly #builds = new Map<string, string[]>();
  #building: string[] | undefined;
  #known = false;

  constructor(tell: Tell, cwd: string) {
    this.#tell = tell;
    this.#places = new GoPlaces(cwd);
  }

  hear(_stream: 'stdout' | 'stderr', line: string): string {
    const [, begun] = BEGUN.exec(line) ?? [];
    if (begun !== undefined) this.#begun.add(begun);
    const [, how, name, seconds] = ENDED.exec(line) ?? [];
    const [, verdict, directory, rest = ''] = PACKAGE.exec(line) ?? [];
    const [, built] = /^# (\S+)/.exec(line) ?? [];
    if (line.startsWith('=== ')) this.#verbose = true;
    else if (how !== undefined && name !== undefined && (!this.#verbose || this.#begun.has(name))) {
      this.#ended.push({ name, how, ms: Number(seconds) * 1000, said: this.#verbose ? this.#said : [] });
      this.#said = [];
    } else if (verdict !== undefined && directory !== undefined) this.#packageEnded(verdict, directory, rest);
    else if (built !== undefined) this.#building = linesOf(this.#builds, built);
    else if (this.#building && /^\S+\.go:\d+/.test(line)) this.#building.push(`${line}\n`);
    else {
      this.#building = undefined;
      // Without `-v`, what a test says follows the line on its end.
      const said = this.#verbose ? this.#said : (this.#ended.at(-1)?.said ?? this.#said);
      said.push(`${line}\n`);
      if (said.length >= 2 * MOST_SAID) said.splice(0, said.length - MOST_SAID);
    }
    return line;
  }

  end(): void {
    if (this.#known) this.#tell({ type: 'end', run: RUN });
  }

  #packageEnded(verdict: string, directory: string, rest: string): void {
    this.#begin();
    for (const { name, how, ms, said } of this.#ended) {
      this.#tell({
        type: 'test',
        run: RUN,
        test: {
          key: `${directory} ${name}`,
          id: `${directory} ${name}`,
          ...this.#places.file(directory, name),
          title: titleOf(name),
          ...this.#places.place(directory, name),
          state: how === 'PASS' ? 'passed' : how === 'SKIP' ? 'skipped' : 'failed',
          ms,
          ...(how === 'FAIL' && {
            failure: this.#places.failure(
              directory,
              said,
              this.#ended.some((one) => one.how === 'FAIL' && one.name.startsWith(`${name}/`)),
            ),
          }),
        },
      });
    }
    const failed = this.#ended.some(({ how }) => how === 'FAIL');
    if (verdict === 'ok  ' && this.#ended.length === 0 && !rest.includes('[no tests to run]')) {
      this.#tell({ type: 'test', run: RUN, test: { key: directory, id: directory, title: [directory], state: 'passed' } });
    }
    if (verdict === 'FAIL' && !failed)
      this.#tell({ type: 'broken', run: RUN, ...this.#places.broken(directory, [...linesOf(this.#builds, directory), ...this.#said]) });
    this.#ended = [];
    this.#said = [];
    this.#begun.clear();
  }

  #begin(): void {
    if (!this.#known) this.#tell({ type: 'run', run: RUN, framework: 'go' });
    this.#known = true;
  }
}

function linesOf(map: Map<string, string[]>, key: string): string[] {
  const lines = map.get(key) ?? [];
  map.set(key, lines);
  return lines;
}
