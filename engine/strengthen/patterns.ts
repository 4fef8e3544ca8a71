import fc from 'fast-check';

/** How many texts are made of one pattern, more where those before told nothing, and how many are kept. */
const MADE = [60, 600, 3000];
const KEPT = 14;
/** How long a text may be, characters. */
const LONGEST = 40;

/**
 * Texts that tell two regular expressions from each other, the shortest first: made after the one or the other, as they are and with something in front or
 * behind. None where one cannot be read.
 *
 * @param original source text of a literal, for example `/^a+$/i`
 */
export function textsBetween(original: string, mutated: string): string[] {
  const [one, other] = [parse(original), parse(mutated)];
  if (!one || !other) return [];
  for (const count of MADE) {
    const telling = [one, other]
      .flatMap((pattern) => made(pattern, count))
      .flatMap((text) => [text, ` ${text}`, `${text} `, `a${text}`, `${text}a`, `\n${text}`, `?${text}`, `${text}/`])
      .filter((text) => text.length <= LONGEST && answer(one, text) !== answer(other, text));
    if (telling.length > 0) return [...new Set(telling)].sort((a, b) => a.length - b.length).slice(0, KEPT);
  }
  return [];
}

function parse(literal: string): RegExp | undefined {
  const end = literal.lastIndexOf('/');
  if (!literal.startsWith('/') || end <= 0) return undefined;
  try {
    return new RegExp(literal.slice(1, end), literal.slice(end + 1).replace(/[gy]/g, ''));
  } catch {
    return undefined;
  }
}

function made(pattern: RegExp, count: number): string[] {
  try {
    return fc.sample(fc.stringMatching(new RegExp(pattern.source, pattern.flags.replace(/[^su]/g, '')), { maxLength: LONGEST }), {
      numRuns: count,
      seed: 1,
    });
  } catch {
    // Look-arounds for example, which fast-check does not make texts for.
    return [];
  }
}

function answer(pattern: RegExp, text: string): string {
  const found = pattern.exec(text);
  return JSON.stringify(found && [found.index, ...found]);
}
