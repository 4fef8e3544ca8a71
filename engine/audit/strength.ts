import { FACTS } from './facts.ts';
import type { Certainty, Check, TestCase } from './model.ts';

/** The names of the bands, weakest first, with the highest strength that lies in each. */
export const BANDS = [
  { name: 'execution only', most: 20 },
  { name: 'weak', most: 50 },
  { name: 'behaviour', most: 80 },
  { name: 'comprehensive', most: 100 },
] as const;

/** The name of a band. */
export type Band = (typeof BANDS)[number]['name'];

/** The band that a strength lies in. */
export function bandOf(strength: number): Band {
  return BANDS.find(({ most }) => strength <= most)?.name ?? 'comprehensive';
}

/** What a test that runs something and checks nothing is worth: it still notices what throws. */
const EXECUTION = 10;

/** How much an assertion counts by what may keep it from running. */
const CERTAINTY: Record<Certainty, number> = { always: 1, loop: 0.75, conditional: 0.5, callback: 0.5, catch: 0.4 };

/** Weak facts together notice at most this share. */
const WEAK_LIMIT = 0.5;

/**
 * How much a test checks, 0 to 100. Each independent fact (a kind and a subject) is taken to notice a share of the defects, its weight, independently of the
 * others, so that together they miss the product of what each misses (a noisy-or). Facts that spell out several values, and those of a table with several
 * rows, count more with the logarithm of the number. Flawed assertions count nothing.
 */
export function strengthOf(test: Pick<TestCase, 'checks' | 'acts' | 'rows'>): number {
  const best = new Map<string, { share: number; weak: boolean }>();
  for (const check of test.checks) {
    if (check.flaw) continue;
    const key = `${check.fact} ${check.subject}`;
    const share = shareOf(check, test.rows);
    if (share > (best.get(key)?.share ?? 0)) best.set(key, { share, weak: FACTS[check.fact].weak });
  }
  const missed = (weak: boolean) => [...best.values()].filter((one) => one.weak === weak).reduce((left, { share }) => left * (1 - share), 1);
  const noticed = 1 - missed(false) * Math.max(missed(true), 1 - WEAK_LIMIT);
  const floor = test.acts || test.checks.length > 0 ? EXECUTION : 0;
  return Math.max(floor, Math.round(100 * noticed));
}

/** What one assertion adds to a test that has no other, in points. */
export function pointsOf(check: Check, rows: number): number {
  return check.flaw ? 0 : Math.round(100 * shareOf(check, rows));
}

function shareOf({ fact, details, certainty }: Check, rows: number): number {
  const weight: number = FACTS[fact].weight;
  const breadth = 1 + Math.log2(rows) + 0.15 * Math.log2(details);
  return (1 - (1 - weight) ** breadth) * CERTAINTY[certainty];
}
