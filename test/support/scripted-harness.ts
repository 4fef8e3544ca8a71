import type { CallableSuite, CallableTest, FreshEnd, Harness, OpenFile, Watch } from '../../engine/mutation/hot/worker/harness.ts';
import { Suites } from '../../engine/mutation/hot/worker/suites.ts';
import type { Switchboard } from '../../engine/mutation/hot/worker/switchboard.ts';

/**
 * A test file. It is called whenever the file is loaded: its variables are the state of the modules, and what it throws keeps it from being loaded.
 * Its mutated code asks `switches`, as instrumented code does.
 */
export type Program = (switches: Switchboard) => ScriptedTests;

/** Tests by key; what they throw is why they fail. */
export type ScriptedTests = Record<string, ScriptedTest | (() => void | Promise<void>)>;

export interface ScriptedTest {
  /** Where it stands, where that is not the file that was asked for. */
  file?: string;
  suites?: CallableSuite[];
  skipped?: boolean;
  run(): void | Promise<void>;
}

/** A test framework that is a few lines long, to try what stands above it. */
export class ScriptedHarness implements Harness {
  /** What it was asked for: `fresh file(tests)`, or `dry` where tests run one by one; `open file`, `close file`. */
  readonly asked: string[] = [];
  compiledMs = 0;
  readonly #program: Program;
  readonly #switches: Switchboard;
  readonly #controlled: boolean;

  /** @param controlled what it says of everything that fails with a mutant */
  constructor(program: Program, switches: Switchboard, controlled = false) {
    this.#program = program;
    this.#switches = switches;
    this.#controlled = controlled;
  }

  async fresh(file: string, { only, oneByOne, begins, ended }: Watch): Promise<FreshEnd> {
    this.asked.push(`${oneByOne ? 'dry' : 'fresh'} ${file}${only ? `(${[...only].join(',')})` : ''}`);
    let tests: ScriptedTests;
    try {
      tests = this.#program(this.#switches);
    } catch (error) {
      return { error: (error as Error).message };
    }
    const suites = new Suites();
    for (const [key, test] of Object.entries(tests)) {
      if (only && !only.has(key)) continue;
      const { run, skipped, suites: around = [] } = typeof test === 'function' ? { run: test } : test;
      await suites.around({ suites: around });
      const found = { key, name: `test ${key}` };
      begins(found);
      const failure = skipped ? undefined : await failureOf(run);
      const state = skipped ? 'skipped' : failure ? 'failed' : 'passed';
      if (!ended({ ...found, state, durationMs: 1, ...(failure && { message: failure.message }) })) break;
    }
    await suites.leave();
    return { controlled: this.#controlled };
  }

  async open(file: string): Promise<OpenFile | { cold: string }> {
    this.asked.push(`open ${file}`);
    try {
      const tests = Object.entries(this.#program(this.#switches)).map(([key, test]): [string, CallableTest] => {
        const { run, suites = [], file }: ScriptedTest = typeof test === 'function' ? { run: test } : test;
        return [key, { key, name: `test ${key}`, ...(file !== undefined && { file }), suites, call: () => failureOf(run) }];
      });
      return { tests: new Map(tests), close: async () => void this.asked.push(`close ${file}`) };
    } catch (error) {
      return { cold: (error as Error).message };
    }
  }
}

async function failureOf(run: () => void | Promise<void>): Promise<Error | undefined> {
  try {
    await run();
    return undefined;
  } catch (error) {
    return error as Error;
  }
}
