import { readFileSync } from 'node:fs';
import path from 'node:path';
import { deserialize } from 'node:v8';
import type { GlobalConfig, ProjectConfig } from './jest-types.ts';

/** What the driver leaves for its workers, in the format of `v8.serialize`. */
export interface WorkerSetup {
  globalConfig: GlobalConfig;
  projects: { config: ProjectConfig; moduleMap: unknown }[];
  /** The number of its project by test file, absolute. */
  projectOf: Map<string, number>;
}

/** The name of the file in the run's folder. */
export const SETUP_FILE = 'jest-setup';

/** Reads it from the run's folder. */
export function readSetup(folder: string): WorkerSetup {
  return deserialize(readFileSync(path.join(folder, SETUP_FILE))) as WorkerSetup;
}
