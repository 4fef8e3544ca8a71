import type { Check } from '../../model.ts';
import { withErrorMeant } from '../../reading/index.ts';
import { doubtsOf, originsOf } from './doubts.ts';
import { isAnswered, isToldAfter } from './told.ts';
import type { Walk } from './walk.ts';

/** How far behind an error is looked at closer, where its name may be used for others later. */
const FOLLOWS = 160;
/** Functions that tell which error it is. */
const LOOKS = 'errors\\.(?:Is|As)|status\\.(?:Code|FromError|Convert)|os\\.Is\\w+|\\w*\\.?Is\\w*Err\\w*|\\w*\\.?To\\w*Err\\w*';

/** What the assertions of a walk turn out to be once all of the body was read: some say of others that they were made, or look closer at what they look at. */
export function settled(walk: Walk): Check[] {
  findLost(walk);
  const origins = originsOf(walk);
  const isDoubted = doubtsOf(walk, origins);
  return walk.gathered.checks
    .map((check): Check => {
      if (isMadeSure(walk, check)) return lookedAt(walk, { ...check, certainty: 'always' });
      return lookedAt(walk, isDoubted(check) ? { ...check, isDoubted: true } : check);
    })
    .map((check) => (isErrorEnough(walk, check) ? { ...check, isAnyMeant: true } : withErrorMeant(check, walk.fn, walk.gathered.checks)));
}

/** What nothing waits for has run all the same where an assertion afterwards looks at what it changed. */
function findLost({ lost, gathered }: Walk): void {
  for (const { goroutine, from, to } of lost) {
    if (!isToldAfter(goroutine, gathered.checks)) continue;
    gathered.replace(from, to, (whole) => {
      const { flaw, ...check } = whole;
      return flaw === 'unawaited' ? check : whole;
    });
  }
}

function isMadeSure({ gathered, handlers }: Walk, check: Check): boolean {
  const guard = gathered.guardOf(check);
  if (!guard) return false;
  return isToldAfter(guard, gathered.checks) || (handlers.has(guard.start) && isAnswered(guard, gathered.checks));
}

/** Whether a test wants an error in the place of a panic: then any is as good. */
function isErrorEnough({ fn }: Walk, { fact, subject }: Check): boolean {
  return fact === 'any-error' && /panic|crash|fuzz/i.test(fn.get('name')?.text ?? '') && /err/i.test(subject);
}

/** An error that is looked at closer afterwards is more than any error. */
function lookedAt({ gathered, fn }: Walk, check: Check): Check {
  if (check.fact !== 'any-error') return check;
  const name = check.subject;
  const isLooked = gathered.checks.some(
    (other) =>
      other !== check &&
      other.fact !== 'any-error' &&
      (other.subject.startsWith(`${name}.`) ||
        ((other.fact === 'error' || other.fact === 'value') && other.subject === name) ||
        // `err == nil || !isTimeout(err)`
        (other.start === check.start && other.subject.includes(name)) ||
        other.subject.includes(`${name}.Error()`)),
  );
  const after = fn.text.slice(check.end - fn.start, check.end - fn.start + FOLLOWS);
  const isHeld = /^\w+$/.test(name) && new RegExp(`Equal\\w*\\([^()]*\\b\\w*Err\\w*, ${name}\\b`, 'i').test(after);
  return isLooked || isHeld || (/^\w+$/.test(name) && new RegExp(`\\b${name}\\.\\(|\\b(${LOOKS})\\(${name}\\b`).test(fn.text))
    ? { ...check, fact: 'error' }
    : check;
}
