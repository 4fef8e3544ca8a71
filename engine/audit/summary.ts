import type { PlacedAudit } from './placed.ts';
import type { RuleId } from './rules.ts';
import { BANDS, type Band } from './strength.ts';

/** What many tests check, in numbers. */
export interface AuditSummary {
  files: number;
  tests: number;
  /** Those that are not run; they are in no other number. */
  skipped: number;
  /** The mean strength of the tests that are run, 0 to 100; null where there is none. */
  strength: number | null;
  bands: Record<Band, number>;
  findings: Partial<Record<RuleId, number>>;
}

/** Sums up what the tests of some files check. Files without tests do not count. */
export function summarize(audits: readonly PlacedAudit[]): AuditSummary {
  const all = audits.flatMap(({ tests }) => tests);
  const run = all.filter(({ state }) => state !== 'skipped');
  const bands = Object.fromEntries(BANDS.map(({ name }) => [name, run.filter(({ band }) => band === name).length])) as Record<Band, number>;
  const findings: Partial<Record<RuleId, number>> = {};
  for (const { rule } of audits.flatMap((audit) => audit.findings)) findings[rule] = (findings[rule] ?? 0) + 1;
  return {
    files: audits.filter(({ tests }) => tests.length > 0).length,
    tests: all.length,
    skipped: all.length - run.length,
    strength: run.length === 0 ? null : run.reduce((sum, { strength }) => sum + strength, 0) / run.length,
    bands,
    findings,
  };
}
