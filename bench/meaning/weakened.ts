import type { Check, FileAudit } from '../../engine/audit/index.ts';

/** What an equality becomes that is asserted of a value: each leaves the test as it is and asks for less. */
const WEAKER: readonly ((subject: string, expected: string) => string)[] = [
  (subject) => `expect(${subject}).toBeDefined()`,
  (subject) => `expect(${subject}).toBeTruthy()`,
  (subject, expected) => `expect(typeof (${subject})).toBe(typeof (${expected}))`,
  (subject) => `expect(() => (${subject})).not.toThrow()`,
];

/**
 * The text of a test file with weaker assertions: all equalities of a test become another kind of fact, of the next test the next kind, and errors any error.
 * What is tested and with what inputs stays the same. Only what is written in one way is taken: `expect(a).toBe(b)` and its like.
 */
export function weakened(text: string, { tests }: FileAudit): string {
  const edits = new Map<number, { end: number; text: string }>();
  for (const [i, test] of tests.entries()) {
    for (const check of test.checks) {
      const weaker = check.via === undefined ? weakerOf(text.slice(check.start, check.end), check, i) : undefined;
      if (weaker !== undefined) edits.set(check.start, { end: check.end, text: weaker });
    }
  }
  let result = text;
  for (const [start, { end, text: weaker }] of [...edits].sort(([a], [b]) => b - a)) result = result.slice(0, start) + weaker + result.slice(end);
  return result;
}

function weakerOf(written: string, { fact }: Check, test: number): string | undefined {
  const parts = /^expect\((.*)\)\s*\.(toBe|toEqual|toStrictEqual|toThrow|toThrowError)\((.*)\)$/s.exec(written);
  const [, subject, matcher, expected] = parts ?? [];
  if (subject === undefined || expected === undefined || /\bawait\b|\.(not|resolves|rejects)\b/.test(written)) return undefined;
  if (fact === 'error') return `expect(${subject}).toThrow()`;
  if (!/^(value|structure)$/.test(fact) || matcher?.startsWith('toThrow')) return undefined;
  return WEAKER[test % WEAKER.length]?.(subject, expected);
}
