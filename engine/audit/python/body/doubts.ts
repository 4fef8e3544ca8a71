import type { Bare } from '../../../syntax/index.ts';
import type { Check } from '../../model.ts';
import { doubting, isArranged, isLaidOut, type Origins, originsIn } from '../../reading/index.ts';
import type { Walk } from './walk.ts';

/** What a test sets its names to; helpers are functions that can be read. */
export function originsOf({ fn, definitions, local }: Walk): Origins {
  return originsIn(fn, (call) => {
    const name = call.get('function')?.text ?? '';
    return /(^|\.)gather$/.test(name) || local.has(name) || definitions.find(name, call) !== undefined;
  });
}

/** Asks of the assertions of a walk whether what makes them uncertain was understood. */
export function doubtsOf(walk: Walk, origins: Origins): (check: Check) => boolean {
  return doubting(walk.gathered, (guard) => isDoubted(walk, guard, origins));
}

function isDoubted({ look }: Walk, guard: Bare, origins: Origins): boolean {
  switch (guard.type) {
    case 'if_statement': {
      const otherwise = guard.children.filter(({ field }) => field === 'alternative');
      return otherwise.some((one) => look.asserts(one)) || isArranged(guard.get('condition') ?? guard, origins);
    }
    case 'for_statement':
      return isLaidOut(guard.get('right') ?? guard, origins);
    case 'while_statement':
      return isArranged(guard.get('condition') ?? guard, origins);
    case 'match_statement':
      return isArranged(guard.get('subject') ?? guard, origins);
    case 'function_definition':
      return guard.parent?.type === 'decorated_definition';
    default:
      return false;
  }
}
