import type { ToldTest } from '../events.ts';
import type { Listener, Tell } from '../listener.ts';
import { GoLog } from './log.ts';
import { GoPlaces } from './places.ts';
import { titleOf } from './title.ts';

/** A line of `go test -json` (cmd/test2json). */
interface GoEvent {
  Action: string;
  Package?: string;
  ImportPath?: string;
  Test?: string;
  Elapsed?: number;
  Output?: string;
  FailedBuild?: string;
  /** Of the line that our stand-in for go (`bin/go`) says first. */
  Directory?: string;
  Verbose?: boolean;
}

/** What is known of a package while its tests run. */
interface Package {
  /** What each test said, by its name. */
  said: Map<string, string[]>;
  /** What the package said outside of tests. */
  saidItself: string[];
  failedTests: string[];
}

const RUN = 'go';

/** Hears `go test -json`: people see what go would have said without it. */
export class GoJsonListener implements Listener {
  readonly #packages = new Map<string, Package>();
  /** What the compiler said, by what it compiled. */
  readonly #builds = new Map<string, string[]>();
  readonly #running = new Map<string, Set<string>>();
  readonly #tell: Tell;
  #places: GoPlaces;
  #log: GoLog;
  #known = false;

  /**
   * @param cwd absolute path of the folder that go runs in
   * @param verbose whether the person asked for `-v`
   */
  constructor(tell: Tell, cwd: string, verbose: boolean) {
    this.#tell = tell;
    this.#places = new GoPlaces(cwd);
    this.#log = new GoLog(verbose);
  }

  /** Whether a line is one of `go test -json`. */
  understands(line: string): boolean {
    return parse(line) !== undefined;
  }

  hear(stream: 'stdout' | 'stderr', line: string): string | undefined {
    const event = stream === 'stdout' ? parse(line) : undefined;
    if (!event) return line;
    if (!this.#known) this.#tell({ type: 'run', run: RUN, framework: 'go' });
    this.#known = true;
    if (event.Action === 'assay') {
      this.#places = new GoPlaces(event.Directory ?? '');
      this.#log = new GoLog(event.Verbose ?? false);
      return undefined;
    }
    this.#take(event);
    return this.#log.show(event);
  }

  /** A package that has not ended was cut off; its tests are told of as running. */
  end(): void {
    if (this.#known && [...this.#running.values()].every(({ size }) => size === 0)) this.#tell({ type: 'end', run: RUN });
  }

  #take(event: GoEvent): void {
    const { Action: action, Output: output = '', Test: test } = event;
    if (action === 'build-output') {
      add(this.#builds, event.ImportPath ?? '', output);
      return;
    }
    const name = event.Package;
    if (name === undefined) return;
    const known = this.#package(name);
    if (action === 'output') {
      if (test === undefined) known.saidItself.push(output);
      else add(known.said, test, output);
    }
    if (test === undefined) {
      if (action === 'fail') this.#packageFailed(name, known, event.FailedBuild);
      if (action === 'fail' || action === 'pass' || action === 'skip') this.#packages.delete(name);
      return;
    }
    if (action === 'run') {
      this.#runningIn(name).add(test);
      this.#tell({ type: 'begin', run: RUN, ...this.#places.file(name, test), title: titleOf(test) });
    }
    if (action === 'pass' || action === 'fail' || action === 'skip') this.#testEnded(name, test, known, { state: action, elapsed: event.Elapsed });
  }

  #testEnded(name: string, test: string, known: Package, how: { state: 'pass' | 'fail' | 'skip'; elapsed: number | undefined }): void {
    this.#runningIn(name).delete(test);
    const said = known.said.get(test) ?? [];
    known.said.delete(test);
    const ofParts = known.failedTests.some((one) => one.startsWith(`${test}/`));
    if (how.state === 'fail') known.failedTests.push(test);
    const told: ToldTest = {
      key: `${name} ${test}`,
      id: `${name} ${test}`,
      ...this.#places.file(name, test),
      title: titleOf(test),
      ...this.#places.place(name, test),
      state: how.state === 'pass' ? 'passed' : how.state === 'fail' ? 'failed' : 'skipped',
      ...(how.elapsed !== undefined && { ms: how.elapsed * 1000 }),
      ...(how.state === 'fail' && { failure: this.#places.failure(name, said, ofParts) }),
    };
    this.#tell({ type: 'test', run: RUN, test: told });
  }

  /** A package that failed though no test of it did: it could not be built, or its process ended, maybe in the middle of a test. */
  #packageFailed(name: string, known: Package, failedBuild: string | undefined): void {
    if (known.failedTests.length > 0) return;
    const built = [...(this.#builds.get(failedBuild ?? '') ?? []), ...(this.#builds.get(name) ?? [])];
    this.#tell({ type: 'broken', run: RUN, ...this.#places.broken(name, [...built, ...known.saidItself]) });
  }

  #package(name: string): Package {
    const known = this.#packages.get(name) ?? { said: new Map(), saidItself: [], failedTests: [] };
    this.#packages.set(name, known);
    return known;
  }

  #runningIn(name: string): Set<string> {
    const running = this.#running.get(name) ?? new Set();
    this.#running.set(name, running);
    return running;
  }
}

function parse(line: string): GoEvent | undefined {
  if (!line.startsWith('{"') || !line.includes('"Action":"')) return undefined;
  try {
    const event = JSON.parse(line) as GoEvent;
    return typeof event.Action === 'string' ? event : undefined;
  } catch {
    return undefined;
  }
}

function add(map: Map<string, string[]>, key: string, text: string): void {
  const texts = map.get(key);
  if (texts) texts.push(text);
  else map.set(key, [text]);
}
