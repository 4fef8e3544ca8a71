import { FACTS } from './facts.ts';
import type { Certainty, Check, Flaw, TestAudit } from './model.ts';
import { bandOf, pointsOf } from './strength.ts';

/** A line of an explanation: an assertion, what it adds to the strength of a test that has no other, and why it adds no more. */
export interface Explained {
  check: Check;
  /** Points of 100. */
  points: number;
  says: string;
}

/** Why a test is as strong as it is. */
export interface Explanation {
  /** For example `weak: only truthiness`. */
  summary: string;
  lines: Explained[];
  /** What would raise it into the next band; undefined where it lies in the highest. */
  raise?: string;
}

const FLAWS: Record<Flaw, string> = {
  tautology: 'cannot fail',
  unawaited: 'nothing waits for it',
  uncalled: 'is never made',
  misspelt: 'is never made',
  mock: 'looks only at what its mock was told',
  swallowed: 'its failure is dropped',
  'empty-snapshot': 'holds for nothing yet',
};

const CERTAINTIES: Record<Exclude<Certainty, 'always'>, string> = {
  loop: 'in a loop that may have nothing to go through',
  conditional: 'under a condition',
  catch: 'only if something is thrown',
  callback: 'in a callback that may not be called',
};

/** Explains the strength of a test. */
export function explain(test: TestAudit): Explanation {
  const lines = test.checks.map((check) => ({ check, points: pointsOf(check, test.rows), says: says(check) }));
  const raise = raiseOf(test);
  return { summary: `${bandOf(test.strength)}${only(test)}`, lines, ...(raise && { raise }) };
}

function says(check: Check): string {
  if (check.flaw) return FLAWS[check.flaw];
  const { name, misses } = FACTS[check.fact];
  const certainty = check.certainty === 'always' ? '' : `, ${CERTAINTIES[check.certainty]}`;
  return `${name}${certainty}; misses ${misses}`;
}

/** What all assertions of a weak test have in common: `: only truthiness`. */
function only(test: TestAudit): string {
  const counted = test.checks.filter(({ flaw }) => !flaw);
  if (test.checks.length === 0) return ': no assertion';
  if (counted.length === 0) return ': no assertion that counts';
  if (counted.every(({ certainty }) => certainty !== 'always')) return ': may never be asserted';
  const kinds = new Set(counted.map(({ fact }) => FACTS[fact].name.replace(/^only /, '')));
  if (counted.some(({ fact }) => !FACTS[fact].weak) || kinds.size > 2) return '';
  return `: only ${[...kinds].join(' and ')}`;
}

function raiseOf(test: TestAudit): string | undefined {
  const counted = test.checks.filter(({ flaw }) => !flaw);
  switch (bandOf(test.strength)) {
    case 'execution only':
      return test.checks.length > counted.length ? 'Set its assertions right, so that they can fail.' : 'Assert what the code under test comes to.';
    case 'weak':
      return counted.some(({ certainty, fact }) => certainty !== 'always' && !FACTS[fact].weak)
        ? 'Make sure that its assertions run.'
        : 'Assert the value itself, not only that there is one.';
    case 'behaviour':
      return 'Assert a second, independent fact: another input, another property, an edge case.';
    default:
      return undefined;
  }
}
