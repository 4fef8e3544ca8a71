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
  const node = guard.type === 'expression_statement' ? (guard.children[0] ?? guard) : guard;
  switch (node.type) {
    case 'if_expression': {
      const condition = node.get('condition');
      const otherwise = node.get('alternative');
      return !condition || (otherwise !== undefined && look.settles(otherwise)) || isArranged(condition.get('value') ?? condition, origins);
    }
    case 'for_expression':
      return isLaidOut(node.get('value') ?? node, origins);
    case 'match_expression':
      return isArranged(node.get('value') ?? node, origins);
    default:
      return node.type === 'while_expression' && isArranged(node.get('condition') ?? node, origins);
  }
}
