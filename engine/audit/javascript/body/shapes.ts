import type { Bare } from '../../../syntax/index.ts';
import type { Check } from '../../model.ts';
import { assertsBeside, setsWhatIsTold } from '../../reading/index.ts';
import { chainOf } from '../chain.ts';
import type { Script } from '../script.ts';
import { mentions } from './promises.ts';
import type { Walk } from './walk.ts';

/** Whether an assertion that may not run has a shape that is told: one that looks at an error that may not come. Of conditions, loops and callbacks the text does not know enough. */
export function isPlainlyGuarded(walk: Walk, check: Check): boolean {
  const guard = walk.gathered.guardOf(check);
  return (
    guard !== undefined &&
    check.certainty === 'catch' &&
    check.via === undefined &&
    walk.following.length === 0 &&
    check.start <= guard.end &&
    isOfCatch(walk, guard, check)
  );
}

/** `try { … } catch (error) { expect(error)… }`, where the `try` calls what is tested and asserts nothing, and nothing counts the assertions or is ended there. */
function isOfCatch({ look, fn, script, enders, gathered }: Walk, guard: Bare, { fact, subject }: Check): boolean {
  if (NOT_WANTED.test(subject) || fact === 'nothing' || fact === 'no-error' || mentions(guard, enders) || COUNTED.test(fn.text)) return false;
  const clause = guard.parent;
  const tried = clause?.type === 'catch_clause' ? clause.parent?.get('body') : undefined;
  if (assertsBeside(gathered.checks, guard)) return false;
  // What throws in the test itself is caught there, and what leaves in a `catch` asserts otherwise behind it.
  if (guard.some(({ type }) => type === 'return_statement') || (tried ?? clause?.parent)?.some(({ type }) => type === 'throw_statement'))
    return false;
  if (tried)
    return !look.asserts(tried) && tried.some((one) => isTested(one, fn, script)) && !setsWhatIsTold(tried, gathered.checks, clause?.end ?? 0);
  const call = clause?.type === 'arguments' ? clause.parent : undefined;
  if (!call) return false;
  const { root, links } = chainOf(call);
  const hasOther = links.some(({ name, args }) => (name === 'then' || name === 'catch') && args?.some((arg) => arg !== guard));
  return !hasOther && !isOwn(root.text, root, fn, script);
}

/** What is called where a test is not to come to. */
const NOT_WANTED = /unreach|not_?reach|unexpected|should_?not|never/i;
/** What says how many assertions are to be made. */
const COUNTED = /\bplan\b|\bassertions\(|\bhasAssertions\b/;

/** Whether something is a call of what is tested, and not of a function of the test that throws because it is to. */
function isTested(node: Bare, fn: Bare, script: Script): boolean {
  if (!/^(call|new)_expression$/.test(node.type)) return false;
  const { root } = node.type === 'call_expression' ? chainOf(node) : { root: node.get('constructor') ?? node };
  // `x.foo()` of an empty object makes the error that is wanted.
  const isMadeUp = /^(object|array|null|undefined|number|string)$/.test(script.declared(root.text, root)?.value?.type ?? '');
  return !isMadeUp && !isOwn(root.text, root, fn, script) && !/^(console|JSON)$/.test(root.text);
}

/** Whether a name stands for a function that is written in the test. */
function isOwn(name: string, at: Bare, fn: Bare, script: Script): boolean {
  const found = script.functionOf(name, at);
  return found !== undefined && found.start >= fn.start && found.end <= fn.end;
}
