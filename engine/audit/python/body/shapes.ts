import type { Bare } from '../../../syntax/index.ts';
import type { Check } from '../../model.ts';
import { assertsBeside, setsWhatIsTold } from '../../reading/index.ts';
import type { Walk } from './walk.ts';

/** Whether an assertion that may not run has a shape that is told: one that looks at an error that may not come. Of conditions, loops and callbacks the text does not know enough, and what is given as a parameter may be made up. */
export function isPlainlyGuarded({ fn, look, gathered, following, local }: Walk, check: Check): boolean {
  const guard = gathered.guardOf(check);
  const tried = guard?.parent?.get('body');
  if (!guard || !tried || check.certainty !== 'catch' || check.via !== undefined || following.length > 0 || check.start > guard.end) return false;
  if (check.fact === 'nothing' || check.fact === 'no-error' || isProperty(fn) || assertsBeside(gathered.checks, guard)) return false;
  const isTested = ({ type, children }: Bare) => type === 'call' && !local.has(children[0]?.text ?? '');
  return (
    !look.asserts(tried) &&
    isOnItsWay(guard, fn) &&
    !tried.some(({ type }) => type === 'raise_statement') &&
    !guard.some(({ type }) => type === 'return_statement') &&
    tried.some(isTested) &&
    !setsWhatIsTold(tried, gathered.checks, guard.end) &&
    // Who leaves a comment there, or goes on with the next, means it.
    !/#|\b(break|continue)\b/.test(guard.text)
  );
}

/** Whether nothing around a statement runs it again and again, or wants what it raises. */
function isOnItsWay(statement: Bare, fn: Bare): boolean {
  for (let at = statement.parent; at && at !== fn; at = at.parent)
    if (/^(for|while)_statement$/.test(at.type) || (at.type === 'with_statement' && /\b(raises|assertRaises\w*)\(/.test(at.children[0]?.text ?? '')))
      return false;
  return true;
}

function isProperty(fn: Bare): boolean {
  const around = fn.parent;
  return around?.type === 'decorated_definition' && /@(\w+\.)*given\b/.test(around.head + around.text.slice(0, fn.start - around.start));
}
