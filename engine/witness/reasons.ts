import type { Gate, GateKind } from './gates.ts';
import type { WatchedCheck } from './watched-text.ts';

/** How often each assertion and each gate was come to while the tests ran, by their numbers. */
export interface Counts {
  checks: readonly number[];
  gates: readonly number[];
}

/** What kept an assertion from being made that was never come to, as the end of a sentence. */
export function whyNever({ gates, exit }: WatchedCheck, counts: Counts, lineOf: (offset: number) => number): string {
  const isPassed = ({ count }: Gate) => count !== undefined && (counts.gates[count] ?? 0) > 0;
  const behind = gates.slice(gates.findLastIndex(isPassed) + 1);
  const closed = behind.findIndex(({ count }) => count !== undefined);
  // Not all gates can be counted: each up to the first that is known to be closed may be what decides.
  const deciding = closed === -1 ? behind : behind.slice(0, closed + 1);
  if (deciding.length > 0) return deciding.map((gate) => REASONS[gate.kind](gate)).join(', or ');
  return exit === undefined ? 'the test was over before' : `the code returns in line ${lineOf(exit) + 1}`;
}

const REASONS: Record<GateKind, (gate: Gate) => string> = {
  if: ({ text }) => `\`${text}\` did not hold`,
  else: ({ text }) => `\`${text}\` always held`,
  and: ({ text }) => `\`${text}\` did not hold`,
  or: ({ text }) => `\`${text}\` always held`,
  missing: ({ text }) => `\`${text}\` was always there`,
  each: ({ text }) => `there was nothing in \`${text}\``,
  while: ({ text }) => (text === '' ? 'the loop was not entered' : `\`${text}\` did not hold`),
  catch: () => 'nothing was thrown',
  case: ({ text }) => `it was never \`${text}\``,
  callback: ({ text }) => `\`${text}\` never called what it is given`,
  called: ({ text }) => (text === '' ? 'nothing calls the function that it is in' : `nothing calls \`${text}\``),
};
