import { FACTS, type Fact, strengthOf, type Weights } from '../../engine/audit/index.ts';
import { byRepository, type MeasuredTest } from './measured.ts';
import { spearman } from './ranks.ts';

/** Kinds of facts that stand in fewer tests, or in fewer repositories, keep the weight that they have. */
const FEWEST_TESTS = 10;
const FEWEST_REPOSITORIES = 3;
/** How much it costs to move a weight away from what it was judged to be: of 0.02, 0.04, 0.06 and 0.1 the one with which repositories that are left out agree most
 * (the mean of {@link Agreement}'s two). */
const HOLD = 0.1;
/** Of a repository no more than this many tests count when the mean over repositories is taken. */
const MOST_COUNTED = 60;
const STEPS = [0.7, 0.85, 1.18, 1.43];
const SWEEPS = 4;
/** Where the fit begins: what the weights were judged to be before anything was measured. */
const JUDGED: Weights = {
  facts: {
    value: 0.4,
    structure: 0.42,
    nothing: 0.3,
    boolean: 0.34,
    partial: 0.36,
    pattern: 0.35,
    approximate: 0.38,
    error: 0.36,
    calls: 0.36,
    property: 0.64,
    snapshot: 0.38,
    declared: 0.38,
    order: 0.19,
    different: 0.16,
    count: 0.2,
    called: 0.19,
    'large-snapshot': 0.26,
    truth: 0.16,
    exists: 0.14,
    type: 0.15,
    'any-error': 0.16,
    'no-error': 0.14,
    types: 0.19,
    custom: 0.26,
  },
  perRow: 1,
  perDetail: 0.15,
};

/** How well strengths agree with shares: all tests in one order, and the mean of the orders within repositories. */
export interface Agreement {
  pooled: number;
  within: number;
}

/** How well something that is said of tests agrees with the shares that they notice, or with something else that was measured. */
export function agreement(tests: readonly MeasuredTest[], said: readonly number[], measured = tests.map(({ share }) => share)): Agreement {
  const places = new Map(tests.map((one, i) => [one, i]));
  let [sum, weights] = [0, 0];
  for (const group of byRepository(tests).values()) {
    const weight = Math.min(group.length, MOST_COUNTED);
    const its = (values: readonly number[]) => group.map((one) => values[places.get(one) as number] as number);
    sum += weight * spearman(its(said), its(measured));
    weights += weight;
  }
  return { pooled: spearman(said, measured), within: weights === 0 ? 0 : sum / weights };
}

/** The kinds of facts that are seen often enough, and in how many tests. */
export function seenFacts(tests: readonly MeasuredTest[]): Map<Fact, number> {
  const seen = new Map<Fact, number>();
  for (const fact of Object.keys(FACTS) as Fact[]) {
    const having = tests.filter(({ test }) => test.checks.some((check) => check.fact === fact && !check.flaw));
    const repositories = new Set(having.map(({ repository }) => repository));
    if (having.length >= FEWEST_TESTS && repositories.size >= FEWEST_REPOSITORIES) seen.set(fact, having.length);
  }
  return seen;
}

/**
 * Weights with which strengths agree best with the shares: one weight after the other is moved as long as that gains something. That of `value` stays, as the
 * measure of all others, because only their relations change the order of tests. Two rows, or two values, never count more than two facts.
 */
export function fitted(tests: readonly MeasuredTest[]): Weights {
  const facts = [...seenFacts(tests).keys()].filter((fact) => fact !== 'value');
  const worth = (weights: Weights) => {
    const { pooled, within } = agreement(
      tests,
      tests.map(({ test }) => strengthOf(test, weights)),
    );
    const ratios = facts.map((fact) => hazard(weights.facts[fact]) / hazard(JUDGED.facts[fact]));
    const moved = [...ratios, weights.perRow / JUDGED.perRow, weights.perDetail / JUDGED.perDetail].reduce(
      (sum, ratio) => sum + Math.log(ratio) ** 2,
      0,
    );
    return (pooled + within) / 2 - HOLD * moved;
  };
  let best = JUDGED;
  let most = worth(best);
  const consider = (weights: Weights) => {
    const it = worth(weights);
    if (it <= most + 1e-5) return;
    best = weights;
    most = it;
  };
  for (let sweep = 0; sweep < SWEEPS; sweep++) {
    const before = most;
    for (const step of STEPS) {
      for (const fact of facts) consider({ ...best, facts: { ...best.facts, [fact]: share(hazard(best.facts[fact]) * step) } });
      consider({ ...best, perRow: Math.min(1, best.perRow * step) });
      consider({ ...best, perDetail: Math.min(1, best.perDetail * step) });
    }
    if (most === before) break;
  }
  return best;
}

/** A weight as what adds up where shares that are missed multiply. */
function hazard(weight: number): number {
  return -Math.log(1 - weight);
}

function share(of: number): number {
  return 1 - Math.exp(-Math.min(2, Math.max(0.03, of)));
}
