import type { Bare } from '../../../syntax/index.ts';
import type { Check } from '../../model.ts';
import { doubting, isArranged, isLaidOut, type Origins, originsIn } from '../../reading/index.ts';
import { chainOf } from '../chain.ts';
import type { Walk } from './walk.ts';

/** Functions that do something around a function, and call it. */
const NOW = /^(with|using|run|act|mount|bench|measure|time|capture|silence|suppress|freeze|mock|in)([A-Z]|$)/;
/** Methods and functions that keep a function for later. */
const LATER = /^(on|once|addListener|addEventListener|prependListener|subscribe|setTimeout|setInterval|setImmediate|then)$/;

/** What a test sets its names to; helpers are functions of its own file. */
export function originsOf({ fn, script, helpers }: Walk): Origins {
  return originsIn(fn, (call) => call.type === 'call_expression' && helpers.find(chainOf(call), script)?.script === script);
}

/** Asks of the assertions of a walk whether what makes them uncertain was understood. */
export function doubtsOf(walk: Walk, origins: Origins): (check: Check) => boolean {
  const { gathered } = walk;
  const isUnclear = doubting(gathered, (guard) => isDoubted(walk, guard, origins));
  return (check) => check.certainty !== 'catch' && isUnclear(check);
}

function isDoubted(walk: Walk, guard: Bare, origins: Origins): boolean {
  switch (guard.type) {
    case 'if_statement':
    case 'ternary_expression': {
      const condition = guard.get('condition');
      const otherwise = guard.get('alternative');
      if (!condition || walk.look.asserts(condition) || (otherwise && walk.look.asserts(otherwise))) return true;
      return isArranged(condition, origins);
    }
    case 'binary_expression':
      return !guard.children[0] || isArranged(guard.children[0], origins);
    case 'switch_statement':
      return isArranged(guard.get('value') ?? guard, origins);
    case 'for_in_statement':
      return isLaidOut(guard.get('right') ?? guard, origins);
    case 'for_statement':
    case 'while_statement':
    case 'do_statement':
      return isArranged(guard.get('condition') ?? guard, origins);
    default:
      return isCallbackDoubted(guard, origins);
  }
}

/** A function that is handed on: nobody can tell whether code that cannot be read calls it at once, or the test waits for it. */
function isCallbackDoubted(guard: Bare, origins: Origins): boolean {
  const call = guard.parent?.parent;
  if (call?.type !== 'call_expression') return false;
  const chain = chainOf(call);
  const name = chain.links.at(-1)?.name ?? chain.root.text;
  if (/^(forEach|map|every|some|filter|flatMap|reduce|find)$/.test(name)) return isLaidOut(chain.links.at(-2)?.node ?? chain.root, origins);
  return NOW.test(name) || (!LATER.test(name) && call.parent?.type === 'await_expression');
}
