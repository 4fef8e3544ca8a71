import type { Signals } from './model.ts';

/**
 * What each signal adds to a file's criticality, and at which number it adds all of it. The shares and the numbers are our judgement; why each is there:
 *
 * - what a package exports is what others rely on;
 * - what many files import takes many features with it when it fails;
 * - what has many functions has more that can be wrong, and tells files apart where a history is short;
 * - how often a file was changed tells where defects will be found (Nagappan and Ball, 2005: relative code churn; Graves et al., 2000: the number of
 *   past changes), and so does how often it was mended: faults gather where faults were (Graves et al., 2000).
 */
const SHARES = {
  exported: { share: 0.3, most: 1 },
  fanIn: { share: 0.2, most: 16 },
  functions: { share: 0.15, most: 64 },
  changes: { share: 0.15, most: 32 },
  fixes: { share: 0.2, most: 8 },
};

/** How critical a file is that nobody declared, 0 to 1: each doubling of a number adds the same. What is not known is left out of account. */
export function criticalityOf({ exported, fanIn, functions, changes, fixes }: Signals): number {
  const numbers = { exported: exported ? 1 : 0, fanIn, functions, changes, fixes };
  let sum = 0;
  let known = 0;
  for (const [signal, { share, most }] of Object.entries(SHARES)) {
    const number = numbers[signal as keyof typeof SHARES];
    if (number === undefined) continue;
    known += share;
    sum += share * Math.min(1, Math.log2(1 + number) / Math.log2(1 + most));
  }
  return sum / known;
}
