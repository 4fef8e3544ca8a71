import { randomUUID } from 'node:crypto';
import { closeSync, openSync, readSync } from 'node:fs';
import path from 'node:path';
import { stripVTControlCharacters } from 'node:util';
import type { ProjectCommand } from '../../detection/index.ts';
import { type Exit, userEnvironment } from '../../process/index.ts';
import { driveAsIn } from '../drive.ts';
import type { RanTest, TestCounts, TestReport } from '../model.ts';
import { cargoCommand } from './cargo/command.ts';
import { countTests, Gathering } from './gathering.ts';
import { goCommand } from './go/command.ts';
import { withHooks } from './hooks.ts';
import type { Tell } from './listener.ts';
import { OTHERS } from './node/other-summaries.ts';
import { SUMMARIZED } from './node/summaries.ts';
import { Overheard } from './overheard.ts';
import { programOfCommand } from './programs.ts';
import { withWrittenPlaces } from './written-places.ts';

/** Listens to a test command while it runs. */
export interface TestRecorder {
  /** What is to be run in the place of the command that was given; people see the same of it. */
  command: ProjectCommand;
  /** Takes a line that the command says, without its end; returns what belongs into the log for people: maybe several lines, maybe nothing. */
  hear(stream: 'stdout' | 'stderr', line: string): string | undefined;
  /** How many tests have ended so far, and how. */
  counts(): TestCounts;
  /** The frameworks of Node whose programs were seen to start so far. */
  started(): ReadonlySet<string>;
  /** What the run told, also one that was cut off. */
  finish(exit: Exit): Promise<TestReport>;
}

/**
 * Prepares to hear what the tests of a command do, while they do it: test frameworks of Node and pytest by reporters of ours beside the project's own, go by its
 * `-json`, nextest by its libtest-json, all else by what is said.
 *
 * @param folder absolute path of a folder of the run, where the events are written; the caller removes it
 * @param around the environment that the command is going to get besides its own
 */
export function recordTests(command: ProjectCommand, folder: string, around: NodeJS.ProcessEnv = userEnvironment()): TestRecorder {
  const file = path.join(folder, `test-events-${randomUUID().slice(0, 8)}.jsonl`);
  const told = new Gathering();
  const events = new GrowingFile(file, (line) => told.addLine(line));
  const said = new Gathering();
  const program = programOfCommand(command);
  const tell: Tell = (event) => told.add(event);
  const direct = program === 'go' ? goCommand(command, tell) : program === 'cargo' ? cargoCommand(command, tell) : undefined;
  const listener = direct?.listener ?? new Overheard(tell, (event) => said.add(event), command.cwd);
  const report = (): TestReport => {
    events.read();
    const own = told.report();
    // What is said is only asked where nothing better tells of the same framework.
    const others = said.report(wellTold(told));
    return {
      tests: [...own.tests, ...others.tests],
      broken: [...own.broken, ...others.broken],
      running: [...own.running, ...others.running],
      ...(Object.values(others.unnamed).some((count) => count > 0) && { unnamed: others.unnamed }),
      source: told.frameworks.size > 0 ? 'reporter' : said.frameworks.size > 0 ? 'output' : 'none',
    };
  };
  return {
    command: direct?.command ?? withHooks(command, program, file, around),
    hear: (stream, line) => {
      const plain = stripVTControlCharacters(line);
      const shown = listener.hear(stream, plain);
      return shown === plain ? line : shown;
    },
    counts: () => countTests(report()),
    started: () => told.started,
    finish: async () => {
      listener.end();
      const told = report();
      return { ...told, tests: withWrittenPlaces(told.tests.map((test) => inDriveOf(command.cwd, test))) };
    },
  };
}

/** A test whose file is spelled as its project is. */
function inDriveOf(directory: string, test: RanTest): RanTest {
  return test.file === undefined ? test : { ...test, file: driveAsIn(directory, test.file) };
}

/** The frameworks of which what is said is not asked: where one of Node's tells by itself, what others of Node's say is said by its tests, unless they were seen to start. */
function wellTold({ frameworks, started }: Gathering): ReadonlySet<string> {
  const others = [...OTHERS].filter((one) => !started.has(one));
  return [...SUMMARIZED].some((one) => frameworks.has(one)) ? new Set([...frameworks, ...SUMMARIZED, ...others]) : frameworks;
}

/** Reads the lines of a file that grows. */
class GrowingFile {
  readonly #file: string;
  readonly #take: (line: string) => void;
  #offset = 0;
  #rest = Buffer.alloc(0);

  constructor(file: string, take: (line: string) => void) {
    this.#file = file;
    this.#take = take;
  }

  /** Takes the lines that came since the last time. */
  read(): void {
    let channel: number;
    try {
      channel = openSync(this.#file, 'r');
    } catch {
      return;
    }
    const buffer = Buffer.alloc(1 << 16);
    for (;;) {
      const length = readSync(channel, buffer, 0, buffer.length, this.#offset);
      if (length === 0) break;
      this.#offset += length;
      const text = Buffer.concat([this.#rest, buffer.subarray(0, length)]);
      const end = text.lastIndexOf(10);
      this.#rest = text.subarray(end + 1);
      if (end >= 0) for (const line of text.subarray(0, end).toString('utf8').split('\n')) this.#take(line);
    }
    closeSync(channel);
  }
}
