import { type Literal, mapTexts, partsOf, some } from '../literals.ts';
import type { Scenario, Step } from '../scenario.ts';
import { calleeOf, calmVariations, type Given, MARKS, type Pool, type Sources, sourcesFor, textsIn } from './variations.ts';

/** How many variations of one value are looked at, and of how many values they are kept in mind. */
const MOST_VARIATIONS = 200;
const MOST_VARIED = 1000;
/** How long a text may become, characters. */
const MOST_CHARACTERS = 300;

/** Makes scenarios that differ from others in several values, at random. */
export class Mixer {
  readonly #pool: Pool;
  readonly #given: Given;
  readonly #random: () => number;
  readonly #variations = new Map<string, Literal[]>();

  /** @param random answers numbers from 0 to below 1 */
  constructor(pool: Pool, given: Given, random: () => number) {
    this.#pool = pool;
    this.#given = given;
    this.#random = random;
  }

  /** One of some; undefined where there is none. */
  pick<T>(items: readonly T[]): T | undefined {
    return items[Math.floor(this.#random() * items.length)];
  }

  /** A scenario with one to four values changed; some of what it gets is taken from another one. */
  mixed(one: Scenario, other: Scenario): Scenario {
    let { steps } = one;
    const its = sourcesFor(one, this.#pool, this.#given);
    for (let changes = 1 + Math.floor(this.#random() * 4); changes > 0; changes--) {
      const at = this.#random() < 0.7 ? steps.length - 1 : Math.floor(this.#random() * steps.length);
      const step = steps[at] as Step;
      const partner = other.steps.findLast((candidate) => calleeOf(candidate) === calleeOf(step));
      const args = this.#random() < 0.6 ? this.#crossed(step.args, partner?.args ?? []) : this.#varied(step, its);
      // The other one may have had more steps.
      if (args?.every((arg) => !some(arg, (value) => isStep(value) && value.step >= at)))
        steps = steps.map((before, i) => (i === at ? { ...before, args } : before));
    }
    return { steps };
  }

  /** Arguments, one of which is varied as it is when values are changed one by one. */
  #varied({ call, args }: Step, pool: Sources): Literal[] | undefined {
    const given = this.#given.at.get(calleeOf({ call, args })) ?? [];
    // One may be added where tests gave one.
    const at = Math.floor(this.#random() * (args.length + (given[args.length] ? 1 : 0)));
    const arg = args[at];
    const value = arg === undefined ? this.pick(given[at] ?? []) : this.pick(this.#variationsOf(arg, pool, given[at] ?? []));
    return value === undefined ? undefined : [...args.slice(0, at), value, ...args.slice(at + 1)];
  }

  #variationsOf(arg: Literal, pool: Sources, given: readonly Literal[]): Literal[] {
    const key = JSON.stringify(arg);
    const known = this.#variations.get(key);
    if (known) return known;
    const variations: Literal[] = [];
    for (const one of calmVariations(arg, pool, given)) if (variations.push(one) >= MOST_VARIATIONS) break;
    if (this.#variations.size < MOST_VARIED) this.#variations.set(key, variations);
    return variations;
  }

  /** Arguments, one of which is another text, or has parts of what the other ones have at the same place. */
  #crossed(args: readonly Literal[], others: readonly Literal[]): Literal[] | undefined {
    const at = Math.floor(this.#random() * args.length);
    const arg = args[at];
    if (arg === undefined) return undefined;
    const other = others[at];
    const texts = other === undefined ? [] : [...textsIn(other)];
    const count = [...textsIn(arg)].length;
    const crossed = count > 0 && (count === 1 || this.#random() < 0.6) ? this.#withText(arg, count, texts) : this.#withParts(arg, other);
    return crossed === undefined ? undefined : args.map((before, i) => (i === at ? crossed : before));
  }

  /** One of the texts in a value changed. */
  #withText(literal: Literal, count: number, texts: readonly string[]): Literal {
    let left = Math.floor(this.#random() * count);
    return mapTexts(literal, (text) => (left-- === 0 ? this.#spliced(text, this.pick(texts) ?? this.pick(this.#pool.strings) ?? '') : text));
  }

  /** An object or a list, or one inside of it, with something that another one has, or one inside of that. */
  #withParts(literal: Literal, other: Literal | undefined): Literal | undefined {
    if (typeof literal !== 'object' || typeof other !== 'object' || literal === null || other === null) return other;
    if (this.#random() < 0.5) {
      const partner = this.pick([other, ...partsOf(other)]) ?? other;
      const inner = partsOf(literal).findIndex((part) => kindOf(part) === kindOf(partner) && this.#random() < 0.5);
      if (inner >= 0 && literal.$ === 'object') {
        const [key, value] = literal.entries[inner] as [string, Literal];
        const crossed = this.#withParts(value, partner);
        return crossed && { $: 'object', entries: literal.entries.map((entry, i) => (i === inner ? [key, crossed] : entry)) };
      }
      if (inner >= 0 && literal.$ === 'array') {
        const crossed = this.#withParts(literal.items[inner] as Literal, partner);
        return crossed && { $: 'array', items: literal.items.map((item, i) => (i === inner ? crossed : item)) };
      }
    }
    if (literal.$ === 'object' && other.$ === 'object') {
      const taken = this.pick(other.entries);
      if (!taken) return undefined;
      const has = literal.entries.some(([name]) => name === taken[0]);
      return { $: 'object', entries: has ? literal.entries.map((entry) => (entry[0] === taken[0] ? taken : entry)) : [...literal.entries, taken] };
    }
    if (literal.$ !== 'array' || other.$ !== 'array') return other;
    const [cut, from] = [Math.floor(this.#random() * (literal.items.length + 1)), Math.floor(this.#random() * (other.items.length + 1))];
    return { $: 'array', items: [...literal.items.slice(0, cut), ...other.items.slice(from)] };
  }

  /** A text of pieces of two others: words and marks stay whole, mostly. */
  #spliced(text: string, other: string): string {
    const pieces = this.#random() < 0.8 ? piecesOf(text) : [...text];
    const at = Math.floor(this.#random() * (pieces.length + 1));
    const rest = () => piecesOf(other).slice(Math.floor(this.#random() * (piecesOf(other).length + 1)));
    const piece = () => this.pick([this.pick(this.#pool.strings), this.pick(MARKS), this.pick(piecesOf(other)), this.pick(pieces)]) ?? '';
    const some = 1 + Math.floor(this.#random() * 3);
    const ways = [
      () => [...pieces.slice(0, at), ...rest()],
      () => [...pieces.slice(0, at), piece(), ...pieces.slice(at)],
      () => [...pieces.slice(0, at), ...pieces.slice(at + some)],
      () => [...pieces.slice(0, at), piece(), ...pieces.slice(at + 1)],
      () => [...pieces.slice(0, at + some), ...pieces.slice(at)],
    ];
    return (this.pick(ways) as () => string[])().join('').slice(0, MOST_CHARACTERS);
  }
}

function isStep(literal: Literal): literal is Extract<Literal, { $: 'step' }> {
  return typeof literal === 'object' && literal?.$ === 'step';
}

function kindOf(literal: Literal): string {
  return typeof literal === 'object' && literal !== null ? literal.$ : typeof literal;
}

/** Words, and what stands between them, one character each. */
function piecesOf(text: string): string[] {
  return text.match(/[\p{L}\p{N}_]+|[^\p{L}\p{N}_]/gu) ?? [];
}
