import { writeFileSync } from 'node:fs';
import path from 'node:path';
import { threadId } from 'node:worker_threads';

/** The environment variable that names the folder that what is covered is written to; without it, nothing is measured. */
export const COVERAGE_VARIABLE = 'ASSAY_COVERAGE';

/** The folder that what is covered is written to. */
export const coverageFolder = process.env[COVERAGE_VARIABLE];

/**
 * What there is to tell: what V8 counted in Vitest, the texts that ran, what Vite made modules from, another folder that other tools write to, and that what V8 counts in this
 * process means nothing.
 */
export type WrittenKind = 'counts' | 'texts' | 'maps' | 'elsewhere' | 'apart';

let written = 0;

/** Writes what this thread has to tell, in a file of its own. Never throws: what measures may not change what is measured. */
export function write(kind: WrittenKind, value: unknown): void {
  if (coverageFolder === undefined) return;
  written += 1;
  try {
    writeFileSync(path.join(coverageFolder, `${kind}-${process.pid}-${written}-${threadId}.json`), JSON.stringify(value));
  } catch {
    // The disk is full, or the folder is gone: the tests go on.
  }
}
