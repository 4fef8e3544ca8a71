import { isSimple, isWritable } from '../literals.ts';
import type { NamedFunction } from '../owners.ts';
import type { Scenario } from '../scenario.ts';
import { isFine, lastNameOf } from './search.ts';
import type { Trials } from './trials.ts';
import { calleeOf, type Given } from './variations.ts';

/** How many things calls have to come to, to say something of a mutant that makes none of them come to another. */
const DIVERSE = 10;

/** A mutant, and the function that it stands in. */
interface Placed {
  id: string;
  within: NamedFunction | undefined;
}

/**
 * In how many calls of its function a mutant's condition went the other way, although these came to the same; counts up to `most`. None where all of them come
 * to few different things: then little of what the code does shows. What other functions make of it says nothing, for they may look at little of it; nor do
 * calls with lists and objects, or where tests give such: of what can stand in these, little was tried.
 *
 * @param scenarios those that run its code
 * @param given what tests gave
 */
export async function infections(
  { id, within }: Placed,
  scenarios: readonly Scenario[],
  given: Given,
  trials: Pick<Trials, 'once' | 'tracks'>,
  most: number,
): Promise<number> {
  let count = 0;
  const outcomes = new Set<string>();
  for (const scenario of within ? scenarios.filter((one) => isPlain(one, within, given)) : []) {
    if (count >= most && outcomes.size >= DIVERSE) break;
    const outcome = await trials.once(scenario);
    // Of errors, and of objects that cannot be written down, more could be seen than is compared.
    if (!outcome || !isFine(outcome) || !isWritable(outcome.value)) continue;
    if (!(await trials.tracks(scenario)).altered.has(id)) continue;
    count++;
    outcomes.add(JSON.stringify(outcome.kind === 'returns' ? outcome.value : outcome));
  }
  const isBoolean = outcomes.size === 2 && outcomes.has('true') && outcomes.has('false');
  return outcomes.size >= DIVERSE || isBoolean ? Math.min(count, most) : 0;
}

/** Whether a scenario ends with a call of this function with all that it takes, and neither it nor any test gives it anything but simple values. */
function isPlain({ steps }: Scenario, { name, arity }: NamedFunction, given: Given): boolean {
  const last = steps.at(-1);
  if (!last || lastNameOf(last) !== name || last.args.length < arity || last.args.length === 0) return false;
  const its = given.at.get(calleeOf(last)) ?? [];
  const places = Array.from({ length: arity }, (_, i) => its[i] ?? []);
  return steps.every(({ args }) => args.every(isSimple)) && places.every((values) => values.length > 0 && values.every(isSimple));
}
