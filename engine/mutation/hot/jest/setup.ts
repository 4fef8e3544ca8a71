import type { GlobalConfig, ProjectConfig } from './jest-types.ts';

/** What the driver leaves for its workers, in the format of `v8.serialize`. */
export interface WorkerSetup {
  globalConfig: GlobalConfig;
  projects: { config: ProjectConfig; moduleMap: unknown }[];
  /** Each test file by what it is known by. */
  units: Map<string, Unit>;
  /** Texts that stand in for files, by absolute path. */
  texts: Map<string, string>;
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
