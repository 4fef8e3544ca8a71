/** Numbers from 0 to 1 that are the same in each run. */
export function sameNumbers(seed: number): () => number {
  let state = seed;
  return () => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    return state / 2 ** 32;
  };
}

/** The ways to break the text of a file; each is given its bytes and numbers from 0 to 1. */
export const BREAKAGES: Readonly<Record<string, (bytes: Buffer, next: () => number) => Buffer>> = {
  'cut at a byte': (bytes, next) => bytes.subarray(0, Math.floor(next() * bytes.length)),
  'its beginning cut off at a byte': (bytes, next) => bytes.subarray(Math.floor(next() * bytes.length)),
  '64 random bytes in it': (bytes, next) => {
    const at = Math.floor(next() * bytes.length);
    return Buffer.concat([bytes.subarray(0, at), randomBytes(64, next), bytes.subarray(at)]);
  },
  'random bytes in its place': (bytes, next) => randomBytes(bytes.length, next),
};

/** The lengths of lines that nobody writes, in UTF-16 units: the greatest is the last that is looked at. */
export const LONG = 2_000_000;

/** Texts of one line that is as long as a text may be, in the language of a file name's ending. */
export function longLines(ending: string): Record<string, string> {
  const test = TESTS[ending];
  if (!test) return {};
  const filled = (unit: string) => unit.repeat(Math.floor((LONG - test('').length) / unit.length));
  return {
    'a line of 2 MB: one text': test(`"${'x'.repeat(LONG - test('""').length)}"`),
    'a line of 2 MB: a sum': test(`${filled('1 + ').slice(4)}1`),
    'a line of 2 MB: parentheses': test(`${'('.repeat((LONG - test('1').length) >> 1)}1${')'.repeat((LONG - test('1').length) >> 1)}`),
    'a line of 2 MB: calls in a chain': test(`a${filled('.b(c)').slice(5)}`),
    'a line of 2 MB: calls in calls': test(filled('f(')),
    'a line of 2 MB: white space': test(`${filled(' ').slice(1)}1`),
  };
}

const TESTS: Readonly<Record<string, (value: string) => string>> = {
  js: (value) => `it('holds', () => { const a = ${value}; expect(a).toBe(1); });`,
  ts: (value) => `it('holds', () => { const a = ${value}; expect(a).toBe(1); });`,
  py: (value) => `def test_holds(): assert ${value}`,
  go: (value) => `package a; func TestHolds(t *testing.T) { a := ${value}; if a != 1 { t.Fatal(a) } }`,
  rs: (value) => `#[test] fn holds() { let a = ${value}; assert_eq!(a, 1); }`,
};

function randomBytes(count: number, next: () => number): Buffer {
  return Buffer.from(Array.from({ length: count }, () => Math.floor(next() * 256)));
}
