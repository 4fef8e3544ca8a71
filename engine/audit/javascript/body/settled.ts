import type { Bare } from '../../../syntax/index.ts';
import type { Check } from '../../model.ts';
import { holds, withErrorMeant } from '../../reading/index.ts';
import { isFunctionLike, parameterNames } from '../script.ts';
import { doubtsOf, originsOf } from './doubts.ts';
import { isPlainlyGuarded } from './shapes.ts';
import { isToldAfter } from './told.ts';
import type { Walk } from './walk.ts';

/** Names of what ends a test when it is called. */
const ENDS = /^(done|cb|callback|next|end|finish|resolve|reject|fulfill)$/;

/** Names of what ends a function: among its parameters, and of what it asserts with. */
export function endersOf(fn: Bare, contexts: ReadonlySet<string>, isGivenDone: boolean): string[] {
  // What a table or a caller gives ends the test only if its name says so.
  const given = parameterNames(fn).slice(0, isGivenDone ? 2 : undefined);
  return [
    ...given.filter((name) => name !== '' && !contexts.has(name) && (isGivenDone || ENDS.test(name))),
    ...[...contexts].map((name) => name.replace('()', '')).filter((name) => ENDS.test(name)),
  ];
}

/** What the assertions of a walk turn out to be once all of the body was read: some say of others that they were made. */
export function settled(walk: Walk): Check[] {
  findLost(walk);
  const origins = originsOf(walk);
  const isDoubted = doubtsOf(walk, origins);
  return walk.gathered.checks
    .map((check) => (!check.flaw && isPlainlyGuarded(walk, check) ? { ...check, isPlain: true as const } : check))
    .map((check) => (isDoubted(check) ? { ...check, isDoubted: true as const } : check))
    .map((check) => withErrorMeant(lookedAt(walk, check), walk.fn, walk.gathered.checks))
    .map((check) => {
      if (walk.planned !== undefined && !isAlternative(walk, check)) return counted(walk, check);
      return isMadeSure(walk, check) ? { ...check, certainty: 'always' } : check;
    });
}

/** An error that was caught and that is looked at closer afterwards is more than any error: `expect(caught).to.be.an('error')`, then its message. */
function lookedAt({ gathered, fn }: Walk, check: Check): Check {
  if (check.fact !== 'any-error') return check;
  // `expect(f).to.throw().to.include({ message })` looks at it at once.
  const isChained = gathered.checks.some(({ start, end, fact }) => start === check.start && end === check.end && fact !== 'any-error');
  if (isChained) return { ...check, fact: 'error' };
  if (!/^[\w$]+$/.test(check.subject)) return check;
  const isLooked = gathered.checks.some(
    (other) =>
      (other.subject.startsWith(`${check.subject}.`) && !/^(exists|truth|type)$/.test(other.fact)) ||
      (other.subject === check.subject && other.fact === 'pattern'),
  );
  const isRead = fn.text.slice(check.end - fn.start).includes(`${check.subject}.message`);
  return isLooked || isRead ? { ...check, fact: 'error' } : check;
}

/** Whether an assertion of a `catch` may be made in the place of one of its `try`: not where all there are have to be made. */
function isAlternative({ alternatives, gathered, planned }: Walk, { certainty, guard }: Check): boolean {
  return planned !== gathered.checks.length && certainty === 'catch' && guard !== undefined && alternatives.has(guard);
}

/** What nothing waits for has run all the same where an assertion afterwards looks at what it changed. */
function findLost({ lost, gathered }: Walk): void {
  for (const { fn, from, to } of lost) {
    if (!isToldAfter(fn, gathered.checks)) continue;
    gathered.replace(from, to, (whole) => {
      const { flaw, guard, fix, ...check } = whole;
      return flaw === 'unawaited' ? { ...check, certainty: 'always' } : whole;
    });
  }
}

function isMadeSure({ gathered, members }: Walk, check: Check): boolean {
  const guard = gathered.guardOf(check);
  if (!guard) return false;
  const isCalled = members.has(guard.start) && gathered.checks.some((other) => holds(other) && other.start > guard.end);
  return isCalled || isToldAfter(guard, gathered.checks);
}

/** Whether an assertion stands in a function of the test. */
function isInner({ fn }: Walk, { start, end }: Pick<Check, 'start' | 'end'>): boolean {
  return fn.some((one) => one !== fn && isFunctionLike(one) && one.start <= start && end <= one.end);
}

/** An assertion in a test that counts them: one that does not run makes the test fail. */
function counted(walk: Walk, { flaw, ...check }: Check): Check {
  // `t.pass()` is what a plan counts, and so is `t.ok(true)` in what has to be called.
  if (flaw === 'tautology' && (check.subject === 'pass' || (check.fact === 'truth' && (/^['"`]/.test(check.subject) || isInner(walk, check)))))
    return { ...check, fact: 'called', certainty: 'always' };
  return { ...check, certainty: 'always', ...(flaw && flaw !== 'unawaited' && flaw !== 'swallowed' && { flaw }) };
}
