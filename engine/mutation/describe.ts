import type { MutantStatus } from './model.ts';

/** What a sentence about a mutant is made from. */
export interface Described {
  mutator: string;
  original: string;
  replacement: string;
  status: MutantStatus;
  reason?: string;
  coveredBy: readonly number[];
  /** The function whose body the change removes. */
  removes?: { title: string };
}

/** Longest piece of code that is quoted in a sentence, characters. */
const LONGEST_QUOTE = 60;

/** A verdict in a sentence, for example "No test notices when `>=` becomes `>`." */
export function describe(mutant: Described): string {
  const change = describeChange(mutant);
  switch (mutant.status) {
    case 'Survived':
      if (mutant.removes) return `No test would miss ${mutant.removes.title}: its body can be removed and ${stillPass(mutant)}.`;
      return `No test notices when ${change}.`;
    case 'NoCoverage':
      if (mutant.removes) return `No test runs ${mutant.removes.title}: nothing would notice when its body is removed.`;
      return `No test runs this code: nothing would notice when ${change}.`;
    case 'Killed':
      return `Tests notice when ${change}.`;
    case 'Timeout':
      return `The tests never end when ${change}, which counts as noticed.`;
    case 'RuntimeError':
    case 'CompileError':
      return `The program cannot run when ${change}; this says nothing about the tests.`;
    case 'Ignored':
      return `Ignored${mutant.reason ? ` (${mutant.reason})` : ''}: ${change}.`;
    case 'Pending':
      return `Not judged yet: ${change}.`;
  }
}

/** The part of a mutant that says what it changes. */
type Change = Pick<Described, 'mutator' | 'original' | 'replacement' | 'removes'>;

/** The change itself in words, for example "`>=` becomes `>`", to stand behind "when". */
export function describeChange({ mutator, original, replacement, removes }: Change): string {
  if (removes) return `the body of ${removes.title} is removed`;
  switch (mutator) {
    case 'BlockStatement':
      return 'this block is emptied';
    case 'ConditionalExpression':
      if (replacement === 'true' || replacement === 'false') return `${quote(original)} is always ${replacement}`;
      break;
    case 'ArrowFunction':
      return `${quote(original)} returns undefined`;
    case 'ArrayDeclaration':
      if (/^\[\s*\]$|^(new )?Array\(\)$/.test(replacement)) return `${quote(original)} is an empty array`;
      break;
    case 'ObjectLiteral':
      return `${quote(original)} is an empty object`;
    case 'StringLiteral':
      return `${quoteString(original)} becomes ${quoteString(replacement)}`;
    case 'BooleanLiteral':
      if (original === `!${replacement}` || original === `!(${replacement})`) return `${quote(original)} loses its negation`;
      break;
  }
  const { before, after } = smallestDifference(original, replacement);
  if (before && after) return `${quote(before)} becomes ${quote(after)}`;
  return before ? `${quote(before)} is left out` : `${quote(after)} is added`;
}

function stillPass({ mutator, coveredBy: { length } }: Described): string {
  if (length === 0) return 'the tests still pass';
  // A test covers an arrow function without a block where it makes it, unless a quick scan has counted the calls.
  const [runs, run] = mutator === 'ArrowFunction' ? ['reaches', 'reach'] : ['runs', 'run'];
  return length === 1 ? `1 test that ${runs} it still passes` : `${length} tests that ${run} it still pass`;
}

/** What differs between two texts, in whole tokens: `a >= b` and `a > b` differ in `>=` and `>`. */
export function smallestDifference(original: string, replacement: string): { before: string; after: string } {
  const operator = operatorDifference(original, replacement);
  if (operator) return operator;
  const a = tokens(original);
  const b = tokens(replacement);
  let start = 0;
  while (start < Math.min(a.length, b.length) && a[start] === b[start]) start++;
  let end = 0;
  while (end < Math.min(a.length, b.length) - start && a[a.length - 1 - end] === b[b.length - 1 - end]) end++;
  const before = a
    .slice(start, a.length - end)
    .join('')
    .trim();
  const after = b
    .slice(start, b.length - end)
    .join('')
    .trim();
  return before || after ? { before, after } : { before: original, after: replacement };
}

/** The one token that differs where all others are the same but for white space and parentheses, which a printed replacement may lack. */
function operatorDifference(original: string, replacement: string): { before: string; after: string } | undefined {
  const [a, b] = [original, replacement].map((code) => tokens(code).filter((token) => token.trim() && token !== '(' && token !== ')'));
  if (!a || !b || a.length !== b.length) return undefined;
  const different = a.flatMap((before, i) => (before === b[i] ? [] : [{ before, after: b[i] ?? '' }]));
  return different.length === 1 ? different[0] : undefined;
}

function tokens(code: string): string[] {
  return (
    code.match(
      /"(?:\\.|[^"\\])*"|'(?:\\.|[^'\\])*'|`(?:\\.|[^`\\])*`|[\w$]+|\s+|\\.|[=!<>]=?=?|&&=?|\|\|=?|\?\?=?|\?\.|\+\+|--|\*\*=?|[-+*/%]=?|\.{3}|./gs,
    ) ?? []
  );
}

/** A piece of code as it stands in a sentence. */
export function quote(code: string): string {
  return `\`${shorten(code)}\``;
}

/** A string stands in its own quotes; an empty one is said to be empty. */
function quoteString(literal: string): string {
  return /^(""|''|``)$/.test(literal) ? 'an empty string' : shorten(literal);
}

function shorten(code: string): string {
  const line = code.replace(/\s+/g, ' ').trim();
  return line.length > LONGEST_QUOTE ? `${line.slice(0, LONGEST_QUOTE - 1)}…` : line;
}
