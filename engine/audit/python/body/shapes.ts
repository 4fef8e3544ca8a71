import type { Bare } from '../../../syntax/index.ts';
import type { Check } from '../../model.ts';
import { calleeName, dropsValue, isPlainlyUncertain, type Origins, setsWhatIsTold, wantsNoFailure } from '../../reading/index.ts';
import type { Definitions } from '../definitions.ts';
import type { Walk } from './walk.ts';

/** Whether an assertion that may not run has a shape that is told. What is given as a parameter may be made up, so that not all of it can hold. */
export function isPlainlyGuarded({ fn, look, gathered, following, local }: Walk, check: Check, origins: Origins): boolean {
  const guard = gathered.guardOf(check);
  if (!guard || check.via !== undefined || following.length > 0 || isProperty(fn) || check.start > guard.end) return false;
  if (check.certainty === 'catch') {
    const tried = guard.parent?.get('body');
    const isTested = ({ type, children }: Bare) => type === 'call' && !local.has(children[0]?.text ?? '');
    return (
      tried !== undefined &&
      !look.asserts(tried) &&
      isOnItsWay(guard, fn) &&
      check.fact !== 'nothing' &&
      check.fact !== 'no-error' &&
      !tried.some(({ type }) => type === 'raise_statement') &&
      !guard.some(({ type }) => type === 'return_statement') &&
      tried.some(isTested) &&
      !setsWhatIsTold(tried, gathered.checks, guard.end) &&
      // Who leaves a comment there, or goes on with the next, means it.
      !/#|\b(break|continue)\b/.test(guard.text)
    );
  }
  const asks = guard.type === 'if_statement' ? guard.get('condition') : guard.type === 'for_statement' ? guard.get('right') : undefined;
  const isPlainStatement = guard.parent === fn.get('body') && !guard.get('alternative');
  return asks !== undefined && isPlainlyUncertain({ guard, asks, isPlainStatement }, gathered.checks, origins);
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

/** Whether a test drops what it comes to. */
export function isIdle(fn: Bare, definitions: Definitions): boolean {
  // What a test is given may look at what it does, or is made up.
  if ((fn.get('parameters')?.children ?? []).some(({ text }) => !/^(self|cls)$/.test(text))) return false;
  const statements = (fn.get('body')?.children ?? []).filter((one) => one.children[0]?.type !== 'string');
  // Who leaves a comment knows, and a description may say that nothing is to fail.
  const said = fn.get('body')?.children[0]?.children[0];
  if (fn.text.includes('#') || (said?.type === 'string' && wantsNoFailure(said.text))) return false;
  return dropsValue(statements, {
    isModule: (name) => !/^(self|cls)$/.test(name) && !isSet(fn, name),
    // What begins with a capital is a class.
    isOwn: (call) => /^_*[A-Z]/.test(calleeName(call)) || definitions.find(call.get('function')?.text ?? '', call) !== undefined,
  });
}

function isSet(fn: Bare, name: string): boolean {
  return fn.some(({ type, text, parent, field }) => type === 'identifier' && text === name && (field === 'left' || parent?.type === 'parameters'));
}
