import { readFileSync } from 'node:fs';
import path from 'node:path';
import type { MochaOptions } from './mocha-types.ts';

/** The file in the run's folder that tells workers what Mocha is asked to do. */
export const PLAN_FILE = 'mocha.json';

/** What Mocha is asked to do. Paths are absolute. */
export interface MochaPlan {
  directory: string;
  options: MochaOptions;
  /** Files that Mocha loads before all others (`--file`). */
  before: string[];
  /** The test files, in Mocha's order. */
  files: string[];
}

/** Reads it from the run's folder. */
export function readPlan(folder: string): MochaPlan {
  return JSON.parse(readFileSync(path.join(folder, PLAN_FILE), 'utf8')) as MochaPlan;
}

/** The name of the unit that several test files make. */
export function combinedName(files: readonly string[]): string {
  return files.join('\0');
}

/** The test files of a unit of that name. */
export function filesIn(name: string): string[] {
  return name.split('\0');
}

/** The name of the unit that all test files make together, where they cannot be run one by one. */
export function togetherName(directory: string): string {
  return `${directory}/*`;
}
