import type { Bare } from '../../../syntax/index.ts';
import type { Check } from '../../model.ts';
import { callsOwn, doubting, isArranged, isLaidOut, type Origins, originsIn } from '../../reading/index.ts';
import type { Walk } from './walk.ts';

/** What a test sets its names to; helpers are functions of the test or its package. */
export function originsOf(walk: Walk): Origins {
  return originsIn(walk.fn, (call) => callsOwn(call, walk));
}

/** Asks of the assertions of a walk whether what makes them uncertain was understood. */
export function doubtsOf(walk: Walk, origins: Origins): (check: Check) => boolean {
  return doubting(walk.gathered, (guard) => isDoubted(walk, guard, origins));
}

function isDoubted({ look }: Walk, guard: Bare, origins: Origins): boolean {
  switch (guard.type) {
    case 'if_statement': {
      const condition = guard.get('condition');
      const otherwise = guard.get('alternative');
      if (!condition || look.asserts(guard.get('initializer') ?? condition) || look.asserts(condition)) return true;
      return (otherwise !== undefined && look.asserts(otherwise)) || isOfError(condition) || isArranged(condition, origins);
    }
    case 'expression_switch_statement':
    case 'type_switch_statement':
      return isArranged(guard.get('value') ?? guard, origins);
    case 'for_statement': {
      const range = guard.children.find(({ type }) => type === 'range_clause');
      const over = range?.get('right') ?? guard.children.find(({ type }) => type === 'for_clause')?.get('condition');
      return !over || isLaidOut(over, origins);
    }
    default:
      return false;
  }
}

/** `if err != nil { assert.NoError(t, err) }`: what runs there only tells what is wrong. */
function isOfError({ text }: Bare): boolean {
  return /^\w*[eE]rr\w*\s*!=\s*nil$/.test(text);
}
