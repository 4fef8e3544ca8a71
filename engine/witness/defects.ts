import path from 'node:path';
import type { Failure } from '../model/index.ts';
import { type DeclaredDefect, readText } from '../workspace/index.ts';
import type { FileTrial } from './file-trial.ts';
import type { Proving } from './proving.ts';
import type { Dry } from './trial/questions.ts';

/** What came of a defect that a project describes. */
export interface DefectOutcome {
  name: string;
  /** Absolute path of the file that was changed. */
  file: string;
  /** Full names of the tests that failed with it and pass without it. */
  noticedBy: string[];
  /** How many tests ran with it. */
  tests: number;
  /** Why it could not be tried. */
  problem?: string;
}

/** Makes each defect in memory and runs the tests that run code of its file, or all where none is known to. */
export async function tryDefects(
  defects: readonly DeclaredDefect[],
  directory: string,
  trials: readonly FileTrial[],
  proving: Proving,
  overlays: ReadonlyMap<string, string>,
): Promise<{ outcomes: DefectOutcome[]; failure?: Failure }> {
  const outcomes: DefectOutcome[] = [];
  for (const { name, file: relative, find, replace } of defects) {
    const file = path.join(directory, relative);
    const text = overlays.get(file) ?? (await readText(file));
    const stands = text?.split(find).length ?? 0;
    const outcome: DefectOutcome = { name, file, noticedBy: [], tests: 0 };
    outcomes.push(outcome);
    if (text === undefined || stands !== 2) {
      outcome.problem =
        text === undefined
          ? 'there is no such file'
          : stands < 2
            ? `nothing in it reads ${quoted(find)}`
            : `${quoted(find)} stands there ${stands - 1} times`;
      continue;
    }
    const reaching = trials.filter((trial) => trial.runs(file));
    const concerned = reaching.length > 0 ? reaching : trials;
    const { failure, dries } = await proving.withText(
      concerned,
      file,
      text.replace(find, () => replace),
    );
    if (failure) return { outcomes, failure };
    for (const trial of concerned) {
      const { noticedBy, tests } = compared(trial, dries.get(trial));
      outcome.noticedBy.push(...noticedBy);
      outcome.tests += tests;
    }
  }
  return { outcomes };
}

/** The tests of a file that passed before and do not now; all of them where the file cannot be loaded with the defect. */
function compared(trial: FileTrial, dry: Dry | undefined): { noticedBy: string[]; tests: number } {
  const passed = trial.passing;
  const now = new Map(dry?.ran.map(({ key, state }) => [key, state]));
  const noticing = dry ? passed.filter(({ key }) => now.get(key) !== 'passed') : [];
  return { noticedBy: noticing.map(({ name }) => name), tests: dry ? passed.length : 0 };
}

function quoted(text: string): string {
  return `"${text.length > 40 ? `${text.slice(0, 39)}…` : text}"`;
}
