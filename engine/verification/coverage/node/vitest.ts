import path from 'node:path';
import { coverageFolder } from './folder.ts';

/** What says what Vitest measures. */
interface CoverageConfig {
  enabled?: boolean;
  reporter?: unknown[];
  reportsDirectory?: string;
}

/** Vitest's central class, as far as it measures coverage. */
export interface CoveredVitest {
  config: { root: string; coverage: CoverageConfig };
  /** Of version 2: null once it is known that nothing is measured. */
  coverageProvider?: unknown;
  initCoverageProvider?(): Promise<unknown>;
}

/**
 * Has a Vitest that is about to start measure what its tests cover, where that is asked for. One that does so anyway goes on as its project wants it, and writes
 * one report more; with just some of the tests it does not, since their report would take the place of that of all.
 */
export function measureCoverage(vitest: CoveredVitest, isPartial: boolean): void {
  const { coverage, root } = vitest.config;
  if (coverageFolder === undefined) {
    if (isPartial) coverage.enabled = false;
    return;
  }
  if (!coverage.enabled || isPartial) {
    Object.assign(coverage, { enabled: true, provider: 'custom', customProviderModule: path.join(__dirname, 'vitest-provider.mjs') });
    return;
  }
  const file = path.join(coverageFolder, `istanbul-${process.pid}.json`);
  // Reports are written below their folder, and Istanbul takes no absolute paths.
  const below = path.relative(path.resolve(root, coverage.reportsDirectory ?? 'coverage'), file);
  coverage.reporter = [...(coverage.reporter ?? []), ['json', { file: below }]];
}

/** The same, in a version of which one is told only when it has looked whether anything is to be measured: one that measures anyway has begun. */
export async function measureCoverageLate(vitest: CoveredVitest): Promise<void> {
  if (coverageFolder === undefined) return;
  const isMeasured = vitest.config.coverage.enabled;
  measureCoverage(vitest, false);
  if (isMeasured) return;
  delete vitest.coverageProvider;
  await vitest.initCoverageProvider?.();
}
