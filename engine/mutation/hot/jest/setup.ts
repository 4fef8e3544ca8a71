import type { GlobalConfig, ProjectConfig } from './jest-types.ts';

/** What the driver leaves for its workers, in the format of `v8.serialize`. */
export interface WorkerSetup {
  globalConfig: GlobalConfig;
  projects: { config: ProjectConfig; moduleMap: unknown }[];
  /** The number of its project by test file, absolute. */
  projectOf: Map<string, number>;
  /** Texts that stand in for files, by absolute path. */
  texts: Map<string, string>;
}

/** The name of the file in the run's folder. */
export const SETUP_FILE = 'jest-setup';
