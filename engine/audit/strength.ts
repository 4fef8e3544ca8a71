import { FACTS, WEIGHTS, type Weights } from './facts.ts';
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

/** Where the weak band and the two above it begin, and how far they go. */
const WEAK = { from: 20, over: 30 };
const BEHAVIOUR = { from: 50, over: 50 };

/** How much an assertion counts by what may keep it from running. */
const CERTAINTY: Record<Certainty, number> = { always: 1, loop: 0.75, conditional: 0.5, callback: 0.5, catch: 0.4 };

/**
 * How much a test checks, 0 to 100. Each independent fact (a kind and a subject) is taken to notice a share of the defects, its weight, independently of the
 * others, so that together they miss the product of what each misses (a noisy-or). Facts that spell out several values, and those of a table with several
 * rows, count more with the logarithm of the number. Flawed assertions count nothing. Which band a test can get into is a matter of its strongest kind of
 * fact and of whether it surely runs; how far it gets there, of what all its facts notice.
 *
 * @param weights other ones than those of the table, to find out how well they would do
 */
export function strengthOf(test: Pick<TestCase, 'checks' | 'acts' | 'rows'>, weights: Weights = WEIGHTS): number {
  const best = new Map<string, number>();
  const surest = { weak: 0, strong: 0 };
  for (const check of test.checks) {
    if (check.flaw) continue;
    const key = `${check.fact} ${check.subject}`;
    best.set(key, Math.max(shareOf(check, test.rows, weights), best.get(key) ?? 0));
    const kind = FACTS[check.fact].weak ? 'weak' : 'strong';
    surest[kind] = Math.max(surest[kind], CERTAINTY[check.certainty]);
  }
  const noticed = 1 - [...best.values()].reduce((missed, share) => missed * (1 - share), 1);
  const reached = ({ from, over }: typeof WEAK, certainty: number) => certainty * (from + over * noticed);
  const floor = test.acts || test.checks.length > 0 ? EXECUTION : 0;
  return Math.max(floor, Math.round(Math.max(reached(WEAK, surest.weak), reached(BEHAVIOUR, surest.strong))));
}

/** The strength of a test that has one assertion and no other. */
export function pointsOf(check: Check, rows: number): number {
  return check.flaw ? 0 : strengthOf({ checks: [check], acts: false, rows });
}

function shareOf({ fact, details, certainty }: Check, rows: number, { facts, perRow, perDetail }: Weights): number {
  const breadth = 1 + perRow * Math.log2(rows) + perDetail * Math.log2(details);
  return (1 - (1 - facts[fact]) ** breadth) * CERTAINTY[certainty];
}
