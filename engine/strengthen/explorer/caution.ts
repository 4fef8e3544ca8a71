import { type Literal, partsOf } from '../literals.ts';
import type { Scenario } from '../scenario.ts';
import { shapeOf } from '../shape.ts';
import { calleeOf } from './variations.ts';

/** How many texts have to be seen at a place for any text to be taken for one that may stand there: of a few, a type may allow just these. */
const ANY_TEXT = 6;

/** Knows which values tests gave: code with types may forbid others. */
export class Caution {
  readonly #shapes = new Map<string, Set<string>>();
  readonly #texts = new Map<string, Set<string>>();

  constructor(observed: readonly Scenario[]) {
    for (const { place, arg } of observed.flatMap(placesIn)) {
      add(this.#shapes, place, kindOf(arg));
      for (const { at, text } of textsIn(arg, place)) add(this.#texts, at, text);
    }
  }

  /** Whether all values of a scenario are of the kinds that tests gave at their places. */
  allows(scenario: Scenario): boolean {
    return placesIn(scenario).every(
      ({ place, arg }) =>
        this.#shapes.get(place)?.has(kindOf(arg)) === true &&
        textsIn(arg, place).every(({ at, text }) => {
          const seen = this.#texts.get(at);
          return seen !== undefined && (seen.size >= ANY_TEXT || seen.has(text));
        }),
    );
  }
}

function placesIn({ steps }: Scenario): { place: string; arg: Literal }[] {
  return steps.flatMap((step) => [
    ...step.args.map((arg, i) => ({ place: `${calleeOf(step)} ${i}`, arg })),
    // How many there are matters too.
    { place: `${calleeOf(step)} count`, arg: { $: 'bigint', digits: String(step.args.length) } as const },
  ]);
}

/** Switches may be either way. */
function kindOf(literal: Literal): string {
  if (typeof literal === 'object' && literal?.$ === 'bigint') return literal.digits;
  return JSON.stringify(shapeOf(literal), (_, value: unknown) => (typeof value === 'boolean' ? 'boolean' : value));
}

function textsIn(literal: Literal, at: string): { at: string; text: string }[] {
  if (typeof literal === 'string') return [{ at, text: literal }];
  if (typeof literal !== 'object' || literal === null) return [];
  if (literal.$ === 'object' || literal.$ === 'instance') return literal.entries.flatMap(([key, value]) => textsIn(value, `${at}.${key}`));
  return partsOf(literal).flatMap((part) => textsIn(part, `${at}[]`));
}

function add(to: Map<string, Set<string>>, key: string, value: string): void {
  const known = to.get(key);
  if (known) known.add(value);
  else to.set(key, new Set([value]));
}
