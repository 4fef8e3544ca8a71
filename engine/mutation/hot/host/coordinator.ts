import type { Assignment } from './assignment.ts';
import { combineOpen } from './combined.ts';
import { Crew, type Slot } from './crew.ts';
import { Docket } from './docket.ts';
import { DryRuns } from './dry-runs.ts';
import { FreshStage } from './fresh-stage.ts';
import { HotStage } from './hot-stage.ts';
import { JointStage } from './joint-stage.ts';
import { processorMs } from './process-figures.ts';
import { type FileRun, track } from './tracks.ts';

/**
 * Runs the tests once and gives work to workers until each mutant has its verdict: calling tests first, then fresh modules, and at last those whose
 * tests did not end in time. Answers what the dry run showed; rejects with `DryRunFailed` where the tests do not pass.
 */
export async function coordinate(assignment: Assignment): Promise<readonly FileRun[]> {
  const { ids, files: testFiles, workers, concurrency, memory, spares = [], counted, constants, combine, tell } = assignment;
  const files = new Map(testFiles.map((file) => [file.file, file]));
  const crew = new Crew(workers, concurrency, memory, spares);
  try {
    const { runs, tests } = await new DryRuns(assignment, crew, files).run();
    tell({ kind: 'tests', tests });
    tell({ kind: 'planned', mutants: ids.length });
    const docket = new Docket(assignment);
    const tracks = track(ids, [...runs.values()], { counted, constants, shared: combine !== undefined });
    const opened = combine ? combineOpen(tracks.values(), { files, runs }, combine) : { files, runs };
    const claimed = [...opened.runs.values()].filter(({ claims }) => claims.length > 0);
    if (assignment.parallel) crew.keepSingle(claimed.map(({ file }) => file));
    else crew.pin(claimed.map(({ file }) => file));
    if (concurrency > 1) for (const { file, parts, claims } of claimed) if (!parts) tell({ kind: 'note', text: claiming(file, claims) });
    const hot = new HotStage({ crew, docket, ...opened }, assignment);
    const fresh = new FreshStage({ crew, docket, files, runs }, assignment);
    const joint = new JointStage({ crew, docket }, assignment);
    const next = (slot: Slot) => hot.next(slot) ?? joint.next(slot) ?? fresh.next(slot);
    for (const one of tracks.values()) docket.place(one);
    await crew.workOff(next);
    docket.placeRest();
    // Where it can be told who works and who waits, those that were put off wait, and do not slow each other down.
    if (processorMs(process.pid) === undefined) await crew.workOffAlone(next);
    else await crew.workOff(next);
    if (hot.calls.count > 0) tell({ kind: 'note', text: costOf(hot.calls) });
    return [...runs.values()];
  } finally {
    crew.end();
  }
}

/** For example `test/app.test.js takes port 3000, /tmp/app, and 3 more each time: it is not run by two processes at the same time.` */
function claiming(file: string, [first, second, ...more]: readonly string[]): string {
  const claims = [first, ...(more.length > 0 ? [`${second}`, `and ${more.length} more`] : second === undefined ? [] : [`and ${second}`])].join(', ');
  return `${file} takes ${claims} each time: it is not run by two processes at the same time.`;
}

/** For example `1200 calls of tests took 310 ms of the workers' time, 410 ms in the dry run.` */
function costOf({ count, workMs, bareMs }: HotStage['calls']): string {
  return `${count} calls of tests took ${workMs.toFixed(0)} ms of the workers' time, ${bareMs.toFixed(0)} ms in the dry run.`;
}
