import type { MutantStatus, Verdict } from '../model.ts';

/** Verdicts that say something about what the tests do; the others never ran. */
const VERIFIABLE: ReadonlySet<MutantStatus> = new Set(['Killed', 'Survived', 'Timeout', 'NoCoverage', 'RuntimeError']);

/** Whether a verdict can be checked by running the tests. */
export function isVerifiable({ status }: Pick<Verdict, 'status'>): boolean {
  return VERIFIABLE.has(status);
}
