import type { Bare } from '../../syntax/index.ts';
import type { Check } from '../model.ts';
import { squeezed } from '../text.ts';
import { callsTested, madeIn, type Origins } from './doubt.ts';

/** What an assertion that may not run stands in. */
export interface Guarded {
  /** The statement. */
  guard: Bare;
  /** What is asked, or gone through. */
  asks: Bare;
  /** Whether it is a statement of the test itself, without another branch. */
  isPlainStatement: boolean;
}

/** What lies on a disk, or is declared, is there for reasons that no test shows. */
const LIES_THERE = /readdir|listdir|glob|walk|Object\s*\.\s*(keys|values|entries)|fields\(|dir\(|files|fixtures|registry|plugins|\btest\w*\./i;

/** A question that is given nothing asks about the machine, or what is switched on: `isFast()`. */
const SWITCHED = /^\(?!?\s*(is|has|can|should|use|in|with|supports?|enabled)(_?[A-Z]?\w*)?\(\)\s*\)?$/i;

/**
 * Whether an assertion that may not run is one that is told: nothing else in the test asserts, so that the test passes without any assertion, and what decides
 * is what a call of what is tested comes to. A condition is told where it is about the same that is asserted, a loop where that call stands in its head.
 */
export function isPlainlyUncertain({ guard, asks, isPlainStatement }: Guarded, checks: readonly Check[], origins: Origins): boolean {
  if (!isPlainStatement || LIES_THERE.test(asks.text) || SWITCHED.test(asks.text)) return false;
  // What only says that nothing was thrown on the way tells nothing of the condition.
  const isAlone = checks.every((one) => one.fact === 'no-error' || (one.certainty !== 'always' && one.flaw === undefined));
  if (!isAlone) return false;
  const calls = callsTested(asks, origins);
  return /for_/.test(guard.type) ? calls : !isExplained(guard) && checks.every((check) => isAbout(check, { guard, asks, calls }, origins));
}

/** Whether an assertion under a condition is about what was asked: the same call, or what it was set to. */
function isAbout(
  { start, end, subject, fact }: Check,
  { guard, asks, calls }: { guard: Bare; asks: Bare; calls: boolean },
  origins: Origins,
): boolean {
  if (fact === 'no-error' || start < guard.start || end > guard.end) return true;
  const values = madeIn(asks, origins);
  // What a pattern takes out of what is asked is of it, too.
  const made = values.length > 0 || calls ? [...values, asks] : [];
  const asked = asks.filter(({ type }) => type === 'call_expression' || type === 'call').map(squeezed);
  return (
    (calls && asked.some((one) => subject.includes(one))) ||
    (subject.match(/[A-Za-z_$][\w$]*/g) ?? []).some((name) => origins.of(name).some((value) => made.includes(value)))
  );
}

/** Whether an assertion behind a place looks at what is set in a `try`: it may tell whether that was come to. */
export function setsWhatIsTold(tried: Bare, checks: readonly Check[], behind: number): boolean {
  const names = tried
    .filter(({ type }) => /^(assignment|assignment_expression|augmented_assignment)$/.test(type))
    .map((one) => one.get('left')?.text ?? '');
  return checks.some((check) => check.start >= behind && names.some((name) => name !== '' && check.subject.includes(name)));
}

const COMMENT = /\/\/|\/\*|(^|\s)# /;

/** Whether a comment stands over a condition, or in it: who asks and says why means it. */
function isExplained(guard: Bare): boolean {
  const { parent } = guard;
  if (!parent || !/^(if|expression)_/.test(guard.type)) return false;
  const before = parent.children[parent.children.indexOf(guard) - 1];
  return COMMENT.test(parent.between(before?.end ?? parent.start, guard.start)) || COMMENT.test(guard.text);
}
