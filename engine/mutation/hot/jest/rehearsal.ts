import { readFileSync } from 'node:fs';
import type { GlobalConfig, ProjectConfig } from './jest-types.ts';
import type { WorkerSetup } from './setup.ts';

/** Environments that come with Jest: to make one more changes nothing outside. */
const BUILT_IN = /[\\/]jest-environment-(node|jsdom)[\\/]/;

/** A run of a test file as if nothing were in it, so that what the first run has to load is there: the environment and, inside of it, circus. */
export interface Rehearsal {
  config: ProjectConfig;
  globalConfig: GlobalConfig;
  /** Absolute path. */
  path: string;
}

/** What to rehearse, if that can do no harm. */
export function rehearsalOf({ projects, units, globalConfig }: WorkerSetup): Rehearsal | undefined {
  const [unit] = units.values();
  const { config } = projects[unit?.project ?? 0] ?? {};
  if (!unit || !config || !BUILT_IN.test(config.testEnvironment) || namesEnvironment(unit.path)) return undefined;
  return { config: { ...config, setupFiles: [], setupFilesAfterEnv: [] }, globalConfig, path: unit.path };
}

/** Whether a test file says by itself what environment it runs in. */
function namesEnvironment(file: string): boolean {
  try {
    return readFileSync(file, 'utf8').includes('@jest-environment');
  } catch {
    return true;
  }
}
