import { readFileSync, statSync } from 'node:fs';
import path from 'node:path';
import { deserialize } from 'node:v8';
import type { GlobalConfig, ProjectConfig } from './jest-types.ts';

/** What the driver leaves for its workers, in the format of `v8.serialize`. */
export interface WorkerSetup {
  globalConfig: GlobalConfig;
  /** Whether environments are made with plain globals (`plain-globals.ts`). */
  plainGlobals: boolean;
  projects: { config: ProjectConfig; moduleMap: unknown }[];
  /** Each test file by what it is known by. */
  units: Map<string, Unit>;
}

/** A test file as a project runs it: several projects may run the same file. */
export interface Unit {
  /** Absolute path. */
  path: string;
  /** The number of its project. */
  project: number;
}

/** The name of the file in the run's folder. */
export const SETUP_FILE = 'jest-setup';

/** When it was written, milliseconds since the epoch. */
export function setupTime(folder: string): number {
  return statSync(path.join(folder, SETUP_FILE)).mtimeMs;
}

/** Reads it from the run's folder. */
export function readSetup(folder: string): WorkerSetup {
  return deserialize(readFileSync(path.join(folder, SETUP_FILE))) as WorkerSetup;
}
