import { type Coverage, cost, type Track } from './tracks.ts';

/** How long a job may take about, milliseconds: at the end, no worker shall be at a long job while the others have nothing to do. */
const JOB_MS = 500;

/**
 * The first of the mutants that wait, as many as make a job.
 *
 * @param most how many a job carries at most
 * @param here where a mutant is judged
 */
export function batch(waiting: readonly Track[], most: number, here: (one: Track) => Coverage): readonly Track[] {
  let ms = 0;
  let count = 0;
  for (const one of waiting.slice(0, most)) {
    ms += cost(here(one));
    if (count > 0 && ms > JOB_MS) break;
    count++;
  }
  return waiting.slice(0, count);
}
