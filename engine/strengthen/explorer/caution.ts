import type { Literal } from '../literals.ts';
import type { Scenario } from '../scenario.ts';
import { shapeOf } from '../shape.ts';
import { calleeOf } from './variations.ts';

/** How many texts have to be seen at a place for any text to be taken for one that may stand there: of a few, a type may allow just these. */
const ANY_TEXT = 6;

/** A parameter, by what is called, or all properties of one name inside of what it is given. */
interface Place {
  kinds: Set<string>;
  texts: Set<string>;
  /** The names of the properties of objects there: some of them may be missing in others. */
  names: string[][];
}

/** Knows which values tests gave: code with types may forbid others. */
export class Caution {
  readonly #places = new Map<string, Place>();

  constructor(observed: readonly Scenario[]) {
    for (const { parameter, arg } of observed.flatMap(argumentsIn)) this.#note(arg, parameter, parameter);
  }

  /** Whether all values of a scenario are of the kinds that tests gave at their places. */
  allows(scenario: Scenario): boolean {
    return argumentsIn(scenario).every(({ parameter, arg }) => this.#isKnown(arg, parameter, parameter));
  }

  #note(literal: Literal, at: string, parameter: string): void {
    const place = this.#places.get(at) ?? { kinds: new Set(), texts: new Set(), names: [] };
    this.#places.set(at, place);
    place.kinds.add(kindOf(literal));
    if (typeof literal === 'string') place.texts.add(literal);
    if (isObject(literal)) place.names.push(literal.entries.map(([name]) => name));
    for (const [inner, part] of innerOf(literal, at, parameter)) this.#note(part, inner, parameter);
  }

  #isKnown(literal: Literal, at: string, parameter: string): boolean {
    const place = this.#places.get(at);
    if (!place?.kinds.has(kindOf(literal))) return false;
    if (typeof literal === 'string' && place.texts.size < ANY_TEXT && !place.texts.has(literal)) return false;
    if (isObject(literal) && !place.names.some((names) => names.every((name) => literal.entries.some(([own]) => own === name)))) return false;
    return innerOf(literal, at, parameter).every(([inner, part]) => this.#isKnown(part, inner, parameter));
  }
}

function argumentsIn({ steps }: Scenario): { parameter: string; arg: Literal }[] {
  return steps.flatMap((step) => [
    ...step.args.map((arg, i) => ({ parameter: `${calleeOf(step)} ${i}`, arg })),
    // How many there are matters too.
    { parameter: `${calleeOf(step)} count`, arg: { $: 'bigint', digits: String(step.args.length) } as const },
  ]);
}

function isObject(literal: Literal): literal is Extract<Literal, { entries: [string, Literal][] }> {
  return typeof literal === 'object' && (literal?.$ === 'object' || literal?.$ === 'instance');
}

/** What is in a value, each with its place. Properties of one name have one, wherever they stand: what holds for `a.b.on` may hold for `a.c.on`. */
function innerOf(literal: Literal, at: string, parameter: string): [place: string, part: Literal][] {
  if (isObject(literal)) return literal.entries.map(([name, value]) => [`${parameter}.${name}`, value]);
  if (typeof literal === 'object' && literal?.$ === 'array') return literal.items.map((item) => [`${at}[]`, item]);
  return [];
}

/** Switches may be either way; what is in objects and lists is looked at by itself. */
function kindOf(literal: Literal): string {
  if (typeof literal === 'boolean') return 'boolean';
  if (typeof literal !== 'object' || literal === null) return String(shapeOf(literal));
  if (literal.$ === 'bigint') return literal.digits;
  if (literal.$ === 'array' || literal.$ === 'object') return literal.$;
  if (literal.$ === 'instance') return `instance ${literal.of}`;
  return JSON.stringify(shapeOf(literal));
}
