import type { Assignment } from './assignment.ts';
import { Crew, type Slot } from './crew.ts';
import { Docket } from './docket.ts';
import { DryRuns } from './dry-runs.ts';
import { FreshStage } from './fresh-stage.ts';
import { HotStage } from './hot-stage.ts';
import { type FileRun, track } from './tracks.ts';

/**
 * Runs the tests once and gives work to workers until each mutant has its verdict: calling tests first, then fresh modules, and at last, one by one,
 * those whose tests did not end in time. Answers what the dry run showed; rejects with `DryRunFailed` where the tests do not pass.
 */
export async function coordinate(assignment: Assignment): Promise<readonly FileRun[]> {
  const { ids, files: testFiles, workers, concurrency, memory, spares = [], counted, tell } = assignment;
  const files = new Map(testFiles.map((file) => [file.file, file]));
  const crew = new Crew(workers, concurrency, memory, spares);
  try {
    const { runs, tests } = await new DryRuns(assignment, crew, files).run();
    tell({ kind: 'tests', tests });
    tell({ kind: 'planned', mutants: ids.length });
    const docket = new Docket(assignment);
    const parts = { crew, docket, files, runs };
    const hot = new HotStage(parts, assignment);
    const fresh = new FreshStage(parts, assignment);
    const next = (slot: Slot) => hot.next(slot) ?? fresh.next(slot);
    for (const one of track(ids, [...runs.values()], counted).values()) docket.place(one);
    await crew.workOff(next);
    docket.placeLate();
    await crew.workOffAlone(next);
    if (hot.tally.calls > 0) tell({ kind: 'note', text: hot.tally.text });
    return [...runs.values()];
  } finally {
    crew.end();
  }
}
