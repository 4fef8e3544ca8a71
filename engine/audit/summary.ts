import type { PlacedAudit } from './placed.ts';
import { isOwnRule, isTold, RULES } from './rules.ts';
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
  /** How many there are of each rule that are told. */
  findings: Record<string, number>;
  /** How many are only hinted at. */
  hints: number;
}

/** What rules are called that found something: Assay's own by their titles, a project's by what they say. */
export function titlesOf(audits: readonly PlacedAudit[]): Record<string, string> {
  const found = audits.flatMap(({ findings }) => findings.map(({ rule, message }) => [rule, isOwnRule(rule) ? RULES[rule].title : message] as const));
  // Of several the first: what follows may say that not all was found.
  return Object.fromEntries(found.toReversed());
}

/** Sums up what the tests of some files check. Files without tests do not count. */
export function summarize(audits: readonly PlacedAudit[]): AuditSummary {
  const all = audits.flatMap(({ tests }) => tests);
  const run = all.filter(({ state }) => state !== 'skipped');
  const bands = Object.fromEntries(BANDS.map(({ name }) => [name, run.filter(({ band }) => band === name).length])) as Record<Band, number>;
  const findings: Record<string, number> = {};
  const found = audits.flatMap((audit) => audit.findings);
  const told = found.filter(isTold);
  for (const { rule } of told) findings[rule] = (findings[rule] ?? 0) + 1;
  return {
    files: audits.filter(({ tests }) => tests.length > 0).length,
    tests: all.length,
    skipped: all.length - run.length,
    strength: run.length === 0 ? null : run.reduce((sum, { strength }) => sum + strength, 0) / run.length,
    bands,
    findings,
    hints: found.length - told.length,
  };
}
