import type { Bare } from '../../../syntax/index.ts';
import type { Check } from '../../model.ts';
import { holds, withErrorMeant } from '../../reading/index.ts';
import { squeezed } from '../../text.ts';
import { doubtsOf, originsOf } from './doubts.ts';
import { isPlainlyGuarded } from './shapes.ts';
import type { Walk } from './walk.ts';

/** What the assertions of a walk turn out to be once all of the body was read: some say of others that they were made. */
export function settled(walk: Walk): Check[] {
  const origins = originsOf(walk);
  const isDoubted = doubtsOf(walk, origins);
  return walk.gathered.checks.map((one): Check => {
    const guarded = !one.flaw && isPlainlyGuarded(walk, one) ? { ...one, isPlain: true as const } : one;
    const check = withErrorMeant(guarded, walk.fn, walk.gathered.checks);
    if (isToldAfter(walk, check)) return { ...check, certainty: 'always' };
    return isDoubted(check) ? { ...check, isDoubted: true } : check;
  });
}

/** Whether an assertion before has told how a condition comes out: it looks at the same thing. */
export function isImplied(condition: Bare | undefined, checks: readonly Check[]): boolean {
  if (!condition) return false;
  const told = checks.filter(holds);
  return condition.some(
    (one) => /^(identifier|attribute)$/.test(one.type) && told.some(({ subject, fact }) => subject === squeezed(one) && fact !== 'exists'),
  );
}

/** Whether an assertion that stands after a loop, a branch or a callback says that it ran. */
function isToldAfter({ fn, local, gathered: { checks } }: Walk, { guard, certainty }: Check): boolean {
  if (guard === undefined || certainty === 'always') return false;
  // A function that is handed on was called where what came of that is looked at.
  const handed = certainty === 'callback' ? [...local.values()].find(({ start }) => start === guard) : undefined;
  if (handed && checks.some((one) => holds(one) && one.start > handed.end && !/^(no-error|exists|truth|type)$/.test(one.fact))) return true;
  const [node] = fn.filter((one) => one.start === guard && /statement|definition|clause/.test(one.type));
  if (!node) return false;
  const changed = changedIn(node);
  return checks.some((other) => holds(other) && other.start > node.end && changed.has(/^(?:len\()?([\w.]+)/.exec(other.subject)?.[1] ?? ''));
}

/** What a part of a test sets, or puts something into. */
function changedIn(node: Bare): Set<string> {
  const changed = new Set<string>();
  for (const one of node.filter(({ type }) => /^(assignment|augmented_assignment|call)$/.test(type))) {
    const callee = one.type === 'call' ? one.get('function') : undefined;
    if (one.type !== 'call') changed.add(one.get('left')?.text ?? '');
    else if (callee?.type === 'attribute' && /^(append|add|set|put)$/.test(callee.get('attribute')?.text ?? ''))
      changed.add(callee.get('object')?.text ?? '');
  }
  return changed;
}
