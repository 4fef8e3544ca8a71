import type { Experiments } from '../../laboratory.ts';
import type { PlacedMutant } from '../jobs.ts';
import { Crew, type Slot } from './crew.ts';
import type { TestFile } from './driver.ts';
import type { JobEnd, Worker, Workers } from './worker-port.ts';

/** What experiments have to work with. */
export interface Equipment {
  files: readonly TestFile[];
  workers: Workers;
  spares: readonly Worker[];
  concurrency: number;
  /** How much memory a worker may take, bytes. */
  memory: number;
  mutants: PlacedMutant[];
  found(testFile: string, finding: unknown): void;
  lost(testFile: string, mutant: string, why: string): void;
  /** All workers that it takes are there. */
  manned(): void;
}

const WHY: Record<Exclude<JobEnd['end'], 'done'>, string> = {
  died: 'the test process ended',
  memory: 'the test process took too much memory',
  hung: 'the test process hung',
  busy: 'the test process did not come to an end',
};

/** Does experiments, each in a worker that runs its test file, several at a time. */
export async function doExperiments({ script, each, stallMs, totalMs }: Experiments, equipment: Equipment): Promise<void> {
  const { files, workers, spares, concurrency, memory, mutants, found, lost, manned } = equipment;
  const crew = new Crew(workers, concurrency, memory, spares);
  const waiting = each.map((one) => ({ ...one, file: files.find(({ file, path = file }) => path === one.testFile) }));
  let unmanned = each.length;
  const work = async (slot: Slot, { testFile, input, file }: (typeof waiting)[number]) => {
    const worker = file && (await crew.workerFor(slot, file, true));
    if (--unmanned === 0) manned();
    if (!worker) return lost(testFile, '', 'the test framework does not run it for this code');
    slot.used = true;
    const job = { kind: 'experiment', file: file.file, script, input, mutants } as const;
    const end = await worker.do(job, { totalMs, stallMs }, worker.memory + memory, (answer) => {
      if (answer.kind === 'found') found(testFile, answer.finding);
    });
    if (end.end !== 'done') lost(testFile, end.mutant, WHY[end.end]);
  };
  try {
    await crew.workOff((slot) => {
      const next = waiting.shift();
      return next && (() => work(slot, next));
    });
  } finally {
    crew.end();
  }
}
