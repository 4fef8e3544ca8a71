import { stripVTControlCharacters } from 'node:util';
import type { BrokenFile, RanTest, RunningTest, TestCounts, TestFailure, TestReport } from '../model.ts';
import type { TestEvent, ToldFailure, ToldPlace, ToldTest } from './events.ts';
import { placeInStack } from './stack-place.ts';

interface Run {
  framework: string;
  /** By file, then by key. */
  files: Map<string, Map<string, RanTest>>;
  broken: BrokenFile[];
  /** What has begun and not ended, by file and title. */
  running: Map<string, RunningTest>;
  unnamed: TestCounts;
}

/** No tests. */
export const NO_COUNTS: TestCounts = { passed: 0, failed: 0, skipped: 0, todo: 0 };

/** Puts together what reporters tell, event by event. */
export class Gathering {
  readonly #runs = new Map<string, Run>();
  /** The frameworks whose programs were seen to start. */
  readonly started = new Set<string>();

  /** Takes in a line of the file of events; one that was cut off by a kill is passed over. */
  addLine(line: string): void {
    try {
      this.add(JSON.parse(line) as TestEvent);
    } catch {
      // A process that was killed in the middle of a line leaves a piece of it.
    }
  }

  /** Takes in an event. */
  add(event: TestEvent): void {
    if (event.type === 'starts') {
      this.started.add(event.framework);
      return;
    }
    if (event.type === 'run') {
      this.#runs.set(event.run, { framework: event.framework, files: new Map(), broken: [], running: new Map(), unnamed: NO_COUNTS });
      return;
    }
    const run = this.#runs.get(event.run);
    if (!run) return;
    if (event.type === 'test') setTest(run, event.test);
    if (event.type === 'begin') {
      const { file, title } = event;
      run.running.set(runningKey(event), { framework: run.framework, ...(file !== undefined && { file }), title });
    }
    if (event.type === 'file') {
      run.files.delete(event.file);
      for (const test of event.tests) setTest(run, test);
    }
    if (event.type === 'counts') run.unnamed = event.counts;
    if (event.type === 'end') run.running.clear();
    if (event.type === 'broken') run.broken.push(brokenFile(run.framework, event));
  }

  /** The frameworks of which anything was told. */
  get frameworks(): ReadonlySet<string> {
    return new Set([...this.#runs.values()].map(({ framework }) => framework));
  }

  /** What was told so far, but of the frameworks that others told of. */
  report(but: ReadonlySet<string> = new Set()): Required<Omit<TestReport, 'source'>> {
    const runs = [...this.#runs.values()].filter(({ framework }) => !but.has(framework));
    return {
      tests: runs.flatMap(({ files }) => [...files.values()].flatMap((tests) => [...tests.values()])),
      broken: runs.flatMap(({ broken }) => broken),
      running: runs.flatMap(({ running }) => [...running.values()]),
      unnamed: runs.map(({ unnamed }) => unnamed).reduce(plus, NO_COUNTS),
    };
  }
}

/** How many tests of a report came to which end. */
export function countTests({ tests, unnamed = NO_COUNTS }: Pick<TestReport, 'tests' | 'unnamed'>): TestCounts {
  const counts = { passed: 0, failed: 0, skipped: 0, todo: 0 };
  for (const { state } of tests) counts[state] += 1;
  return plus(counts, unnamed);
}

function plus(a: TestCounts, b: TestCounts): TestCounts {
  return { passed: a.passed + b.passed, failed: a.failed + b.failed, skipped: a.skipped + b.skipped, todo: a.todo + b.todo };
}

function setTest(run: Run, told: ToldTest): void {
  const { key, file, title, place, state, ms, failure, id } = told;
  run.running.delete(runningKey(told));
  const tests = run.files.get(file ?? '') ?? new Map<string, RanTest>();
  run.files.set(file ?? '', tests);
  tests.set(key, {
    framework: run.framework,
    ...(file !== undefined && { file }),
    title,
    ...(place && { position: position(place) }),
    state,
    ...(ms !== undefined && { durationMs: ms }),
    ...(failure && { failure: testFailure(failure) }),
    ...(id !== undefined && { id }),
  });
}

function runningKey({ file, title }: { file?: string; title: readonly string[] }): string {
  return JSON.stringify([file, title]);
}

function testFailure({ message, expected, actual, stack, at }: ToldFailure): TestFailure {
  const place = at
    ? { file: at.file, position: position(at.place) }
    : stack === undefined
      ? undefined
      : placeInStack(stripVTControlCharacters(stack));
  return {
    message: stripVTControlCharacters(message),
    ...(expected !== undefined && { expected: stripVTControlCharacters(expected) }),
    ...(actual !== undefined && { actual: stripVTControlCharacters(actual) }),
    ...place,
    ...(stack !== undefined && { stack: stripVTControlCharacters(stack) }),
  };
}

function brokenFile(framework: string, event: Extract<TestEvent, { type: 'broken' }>): BrokenFile {
  const place = event.place ? { position: position(event.place) } : event.stack === undefined ? undefined : placeInStack(event.stack);
  return { framework, ...place, ...(event.file !== undefined && { file: event.file }), message: stripVTControlCharacters(event.message) };
}

function position([line, column = 1]: ToldPlace) {
  return { line: line - 1, column: column - 1 };
}
