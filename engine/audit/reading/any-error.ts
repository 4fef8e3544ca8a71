import type { Bare } from '../../syntax/index.ts';
import type { Check } from '../model.ts';

/** What is a way to look at something else: that an assertion does not hold, or that something is not to be found or does not come. */
const ASSERTS = /\b(expect|assert\w*|should)\s*[.(]|\bassert\b|\b(waitFor\w*|eventually)\s*\(|\b(get|find)(All)?By[A-Z]|\bJSON\.parse\(/;
/** What makes the error in the test itself. */
const OWN =
  /\bthrow\b|\braise\s+\w|\bpanic\(|\breject\(|\bPromise\.reject|\berrors\.New\(|\bfmt\.Errorf\(|\bside_effect\b|mockReject|(?<![.\w])([A-Z]\w*)?(Error|Exception)\(|\.(throws|rejects)\(/;

/** An assertion that any error satisfies, with whether that is more than a weakness of it: a test may want no other one. */
export function withErrorMeant(check: Check, fn: Bare, checks: readonly Check[]): Check {
  if (check.fact !== 'any-error' || check.via !== undefined) return check;
  if (ASSERTS.test(check.subject) || isExplained(check, fn)) return { ...check, isAnyMeant: true };
  if (!goesOn(fn, check, checks)) return check;
  return OWN.test(fn.text) ? { ...check, isAnyMeant: true } : { ...check, isOnTheWay: true };
}

/** Whether a comment above an assertion, or beside it, says that what is thrown is not always the same. */
function isExplained({ start }: Check, fn: Bare): boolean {
  const before = fn.text.slice(0, start - fn.start).split('\n');
  const beside = fn.text.slice(start - fn.start).split('\n', 1);
  return [...before.slice(-5, -1).filter((line) => /^\s*(#|\/\/|\*)/.test(line)), beside[0]?.replace(/^.*?(#|\/\/|$)/, '') ?? ''].some((line) =>
    VARIES.test(line),
  );
}

/** Words for what is not always the same. */
const VARIES = /\b(depend\w*|platforms?|versions?|either|various|whatever|any|some kind|differ\w*|could be|or \w*(Error|Exception))\b/i;

/** Whether a test goes on, behind an error that it wants, to look at other things. */
function goesOn(fn: Bare, { start, end }: Check, checks: readonly Check[]): boolean {
  const around = branchOf(fn, start, end);
  return checks.some((other) => other.start >= end && other.end <= around.end && other.flaw === undefined && !/error$/.test(other.fact));
}

/** The innermost branch, loop or function that a place stands in. */
function branchOf(fn: Bare, start: number, end: number): Bare {
  const inner = fn.children.find((child) => child.start <= start && end <= child.end);
  if (!inner) return fn;
  const found = branchOf(inner, start, end);
  return found === inner && !isBranch(inner) ? fn : found;
}

function isBranch({ type, field, parent }: Bare): boolean {
  return (
    field === 'consequence' ||
    field === 'alternative' ||
    (field === 'body' && parent !== undefined && /for|function|lambda|closure|func/.test(parent.type)) ||
    /case$/.test(type)
  );
}
