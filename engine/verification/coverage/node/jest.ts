import path from 'node:path';
import { coverageFolder } from './folder.ts';

/** What Jest's configuration says of coverage. */
export interface JestCoverage {
  collectCoverage?: boolean;
  coverageDirectory?: string;
  coverageReporters?: readonly unknown[];
  coverageThreshold?: unknown;
}

/**
 * What to change in Jest's configuration so that it measures what its tests cover, where that is asked for. One that does so anyway goes on as its project wants
 * it, and writes one report more; with just some of the tests it does not, since their report would take the place of that of all.
 */
export function measuredByJest(
  { collectCoverage, coverageDirectory = 'coverage', coverageReporters = [] }: JestCoverage,
  isPartial: boolean,
): JestCoverage {
  if (coverageFolder === undefined) return isPartial ? { collectCoverage: false } : {};
  const file = `istanbul-${process.pid}.json`;
  if (!collectCoverage || isPartial) {
    return { collectCoverage: true, coverageDirectory: coverageFolder, coverageReporters: [['json', { file }]], coverageThreshold: undefined };
  }
  // Reports are written below their folder, and Istanbul takes no absolute paths.
  const below = path.relative(path.resolve(coverageDirectory), path.join(coverageFolder, file));
  return { coverageReporters: [...coverageReporters, ['json', { file: below }]] };
}
