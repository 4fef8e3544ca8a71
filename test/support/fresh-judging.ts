import type { Assignment, Said } from '../../engine/mutation/hot/host/assignment.ts';
import { Crew } from '../../engine/mutation/hot/host/crew.ts';
import { Docket } from '../../engine/mutation/hot/host/docket.ts';
import { FreshStage } from '../../engine/mutation/hot/host/fresh-stage.ts';
import { type FileRun, track, USED_PROCESS } from '../../engine/mutation/hot/host/tracks.ts';
import { fileRun } from './file-runs.ts';
import { type ScriptedFile, ScriptedWorkers } from './scripted-workers.ts';

interface Options {
  size?: number;
  memory?: number;
  combine?: Assignment['combine'];
}

interface Stage {
  workers: ScriptedWorkers;
  /** What was told, and how many tests had run for it. */
  verdicts: string[];
  notes: string[];
}

/** Has mutants judged in fresh modules by workers that answer as scripted. */
export async function judge(
  files: Record<string, ScriptedFile>,
  runs: FileRun[],
  ids: string[],
  { size = 1, memory = 0, combine }: Options = {},
): Promise<Stage> {
  const workers = new ScriptedWorkers(files);
  const said: Said[] = [];
  const tell = (one: Said) => void said.push(one);
  const crew = new Crew(workers, size, 50, []);
  crew.weigh({ ...(await workers.start({ file: 'f', group: 'all' })), memory });
  const docket = new Docket({ tell });
  const known = new Map(workers.files.map((file) => [file.file, file]));
  const stage = new FreshStage({ crew, docket, files: known, runs: new Map(runs.map((run) => [run.file, run])) }, { tell, combine });
  for (const one of track(ids, runs, { shared: combine !== undefined }).values()) {
    one.hot = [];
    docket.place(one);
  }
  await crew.workOff((slot) => stage.next(slot));
  docket.placeRest();
  await crew.workOffAlone((slot) => stage.next(slot));
  return {
    workers,
    verdicts: said.flatMap((one) => (one.kind === 'verdict' ? [`${one.verdict.id} ${one.verdict.status} of ${one.verdict.testsRun}`] : [])),
    notes: said.flatMap((one) => (one.kind === 'note' ? [one.text] : [])),
  };
}

/** Files of which it is known that they may be loaded again. */
export const KNOWN = { reloaded: true };
export const F = (more: Partial<FileRun> = KNOWN) => fileRun('f', { a: ['1', '2', '3'] }, more);
export const G = (more: Partial<FileRun> = KNOWN) => fileRun('g', { b: ['1'] }, { durations: new Map([['b', 50]]), ...more });

export interface Case {
  files: Record<string, ScriptedFile>;
  runs: FileRun[];
  /** Mutants to judge; number 1 where missing. */
  ids?: string[];
  asked: string[];
  verdicts: string[];
  notes?: string[];
}

export const OWN_PROCESS = `f needs a process of its own: ${USED_PROCESS}.`;

/** Files whose tests are those of their dry run, where nothing else is said. */
export function withTests(files: Record<string, ScriptedFile>, runs: readonly FileRun[]): Record<string, ScriptedFile> {
  const testsOf = (file: string) =>
    Object.fromEntries(Object.entries(runs.find((run) => run.file === file)?.perTest ?? {}).map(([key, ids]) => [key, Object.keys(ids)]));
  return Object.fromEntries(Object.entries(files).map(([name, file]) => [name, { tests: testsOf(name), ...file }]));
}
