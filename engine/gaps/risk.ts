import type { Risk } from './model.ts';

/** What the risk of a path is made from. */
export interface RiskInput {
  /** 0 to 1. */
  criticality: number;
  /** How many functions were judged. Where none was, the risk is unknown. */
  judged: number;
  /** The share of the judged functions that no test reaches, 0 to 1. */
  untested: number;
  /** The share of the functions judged without their body that tests run and none would miss, 0 to 1. */
  pseudoTested: number;
  /** Mean strength of the tests that reach it, 0 to 100; null where it is not known. */
  strength: number | null;
  /** 0 to 100; null where it is not known. */
  killRate: number | null;
}

/** What a survivor weighs against a function that is not tested at all: some survivors change nothing, so that even good tests leave a few. */
const SURVIVING = 0.8;
/** What tests weigh that check nothing: the strength is a reading of their text, and no measurement. */
const WEAK = 0.5;
/** From this strength, where behaviour begins, tests are not called weak. */
export const STRONG_ENOUGH = 51;

/** From which product of criticality and shortfall a risk is called so; our judgement, like the weights above. */
const LEVELS: [risk: Risk, from: number][] = [
  ['critical', 0.4],
  ['high', 0.25],
  ['medium', 0.12],
  ['low', 0],
];

/**
 * The risk of a path: its criticality times what tests leave open in it, the shortfall. Four things leave something open, each independently of the others:
 * functions that no test reaches, functions that could lose their body unnoticed, mutants that are not killed, and tests that check little. So what is
 * closed is the product of what each closes. What is not known leaves nothing open; what gets better never raises the risk.
 */
export function riskOf({ criticality, judged, untested, pseudoTested, strength, killRate }: RiskInput): Risk {
  if (judged === 0) return 'unknown';
  const surviving = killRate === null ? 0 : SURVIVING * (1 - killRate / 100);
  const weak = strength === null ? 0 : WEAK * Math.max(0, 1 - strength / STRONG_ENOUGH);
  const shortfall = 1 - (1 - untested) * (1 - pseudoTested) * (1 - surviving) * (1 - weak);
  return LEVELS.find(([, from]) => criticality * shortfall >= from)?.[0] ?? 'low';
}

const RANKS: Record<Risk, number> = { critical: 0, high: 1, unknown: 2, medium: 3, low: 4 };

/** Puts the riskiest first; what is not known may be high. */
export function byRisk(a: Risk, b: Risk): number {
  return RANKS[a] - RANKS[b];
}
