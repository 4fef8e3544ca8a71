import { type Literal, partsOf, refersTo } from '../literals.ts';
import { keyOf, type Scenario, type Step } from '../scenario.ts';

/** Values that are likely to matter: those that stand in the code, and those that tests gave. */
export interface Pool {
  strings: readonly string[];
  numbers: readonly number[];
  /** Names of properties that the code reads of what it is given. */
  names: readonly string[];
}

/** What tests gave. */
export interface Given {
  /** To a function at each of its parameters, by what is called. */
  at: ReadonlyMap<string, readonly Literal[][]>;
  /** As properties, by their names. */
  as: ReadonlyMap<string, readonly Literal[]>;
}

/** How many values are kept for one parameter, and for properties of one name. */
const MOST_AT_ONE = 40;
const MOST_OF_NAME = 6;

/** What a function or method takes, by its name: values of each parameter's type. */
export interface Taken {
  name: string;
  values: Literal[][];
}

/** Takes together what tests gave, and what types would take. */
export function givenIn(scenarios: readonly Scenario[], taken: readonly Taken[] = []): Given {
  const at = new Map<string, Literal[][]>();
  const as = new Map<string, Literal[]>();
  for (const step of scenarios.flatMap(({ steps }) => steps)) {
    const its = at.get(calleeOf(step)) ?? [];
    at.set(calleeOf(step), its);
    for (const [i, arg] of step.args.entries()) {
      const known = its[i] ?? [];
      its[i] = known;
      keep(known, arg, MOST_AT_ONE);
      for (const [name, value] of propertiesIn(arg)) {
        const others = as.get(name) ?? [];
        as.set(name, others);
        keep(others, value, MOST_OF_NAME);
      }
    }
  }
  for (const [callee, its] of at) {
    const { values = [] } = taken.find(({ name }) => name === callee.split('.').at(-1)) ?? {};
    for (const [i, known] of values.entries()) {
      its[i] ??= [];
      for (const one of known) keep(its[i], one, MOST_AT_ONE);
    }
  }
  return { at, as };
}

function keep(known: Literal[], one: Literal, most: number): void {
  if (known.length < most && !refersTo(one) && !known.some((other) => JSON.stringify(other) === JSON.stringify(one))) known.push(one);
}

function* propertiesIn(literal: Literal): Generator<[name: string, value: Literal]> {
  if (typeof literal === 'object' && literal?.$ === 'object') yield* literal.entries;
  for (const part of partsOf(literal)) yield* propertiesIn(part);
}

/** What a scenario's values are made of: what its code speaks of, and what tests gave. */
export type Sources = Pool & Pick<Given, 'as'>;

/** Scenarios that differ from one in one value: first those of the kinds that tests gave there, then, behind `bold`, those that a type may forbid. */
export function* variations(scenario: Scenario, pool: Pool, given: Given, bold: boolean): Generator<Scenario> {
  const seen = new Set([keyOf(scenario)]);
  const fresh = (one: Scenario) => {
    const key = keyOf(one);
    return !seen.has(key) && seen.add(key);
  };
  const its = sourcesFor(scenario, pool, given);
  // What is called last matters most.
  for (const at of [...scenario.steps.keys()].reverse()) {
    for (const args of argumentLists(scenario.steps[at] as Step, its, given, bold)) {
      const one = { steps: scenario.steps.map((step, i) => (i === at ? { ...step, args } : step)) };
      if (fresh(one)) yield one;
    }
  }
}

/** How many words of a scenario's own texts are values that matter to it. */
const MOST_OWN = 10;

/** With the words of the texts that a scenario gives: what it gives in one place is often to be found in what it gives in another. */
export function sourcesFor({ steps }: Scenario, pool: Pool, { as }: Given): Sources {
  const { strings } = pool;
  const texts = steps.flatMap(({ args }) => args.flatMap((arg) => [...textsIn(arg)]));
  const words = texts.length < 2 ? [] : texts.flatMap((text) => text.match(/[\p{L}\p{N}_-]+/gu) ?? []);
  return { ...pool, as, strings: [...strings, ...[...new Set(words)].filter((word) => !strings.includes(word)).slice(0, MOST_OWN)] };
}

/** All texts in a value. */
export function* textsIn(literal: Literal): Generator<string> {
  if (typeof literal === 'string') yield literal;
  for (const part of partsOf(literal)) yield* textsIn(part);
}

/** How many of a value's variations come before what tests gave elsewhere: what its code speaks of is among them. */
const LIKELY = 20;

function* argumentLists({ call, args }: Step, pool: Sources, given: Given, bold: boolean): Generator<Literal[]> {
  const known = given.at.get(calleeOf({ call, args })) ?? [];
  yield* inTurns(
    args.map(function* (arg, i) {
      for (const one of bold ? boldVariations(arg) : calmVariations(arg, pool, known[i] ?? []))
        yield args.map((before, j) => (j === i ? one : before));
    }),
  );
  for (const one of known[args.length] ?? []) yield [...args, one];
  if (bold && args.length > 0) yield args.slice(0, -1);
}

/** Values of the same kind as one: what tests gave there is among the first. */
export function* calmVariations(arg: Literal, pool: Sources, others: readonly Literal[]): Generator<Literal> {
  const all = [...literalVariations(arg, pool)];
  yield* [...all.slice(0, LIKELY), ...others, ...all.slice(LIKELY)];
}

/**
 * One of each in turn: which of them leads somewhere is not known.
 *
 * @param atOnce how many of them are as good as one another; as many behind them have a turn half as often, the next ones a third as often, and so on
 */
export function* inTurns<T>(sources: Iterable<Generator<T>>, atOnce = Number.POSITIVE_INFINITY): Generator<T> {
  let left = [...sources];
  for (let round = 0; left.length > 0; round++) {
    for (const [rank, source] of left.entries()) {
      if (round % (1 + Math.floor(rank / atOnce)) !== 0) continue;
      const next = source.next();
      if (next.done) left = left.filter((one) => one !== source);
      else yield next.value;
    }
  }
}

/** Values of the same kind as one: its neighbours, the ends of its kind, and what the code itself speaks of. */
export function* literalVariations(literal: Literal, pool: Sources): Generator<Literal> {
  if (typeof literal === 'string') yield* stringVariations(literal, pool);
  else if (typeof literal === 'number') yield* numberVariations(literal, pool);
  else if (typeof literal === 'boolean') yield !literal;
  else if (typeof literal === 'object' && literal !== null) yield* compoundVariations(literal, pool);
}

/** Characters that code which reads text often looks for. */
export const MARKS = [...'/?#:;,.=&%!@-_*+\\|()[]{}<>"\'`~^$ '];

/** Up to which length texts are made that have just the length of a number that the code speaks of, characters. */
const LONGEST = 300;

function* stringVariations(text: string, { strings, numbers }: Pool): Generator<string> {
  yield '';
  yield* strings;
  for (const one of numbers) {
    if (!Number.isInteger(one) || one < 3 || one > LONGEST) continue;
    for (const length of [one, one + 1, one - 1]) yield text.slice(0, length).padEnd(length, text.at(-1) ?? 'a');
  }
  for (const one of strings) {
    yield text + one;
    yield one + text;
    if (one !== '' && text.includes(one)) {
      yield text.replace(one, '');
      yield text.replaceAll(one, '');
      yield text.replace(one, one + one);
      for (const other of strings)
        if (other !== one && other !== '' && other.length <= 3) yield* [text.replace(one, other), lastReplaced(text, one, other)];
    }
  }
  yield* wordsReplaced(text, strings);
  const half = text.length >> 1;
  yield* [text.slice(1), text.slice(0, -1), text.slice(0, half), text.slice(half)];
  for (const one of strings) if (one.length <= 3) yield text.slice(0, half) + one + text.slice(half);
  for (const one of MARKS) yield* [one + text, text + one];
  for (const one of MARKS) yield text.slice(0, half) + one + text.slice(half);
  yield* charactersChanged(text);
  yield* [text.toUpperCase(), text.toLowerCase(), ` ${text}`, `${text} `, text + text, 'a', 'A', '0', '1', ' ', 'é', '💥', `${text}\n`, `\n${text}`];
}

/** Of how many words, and characters from its beginning and its end, a text is changed in each. */
const MOST_WORDS = 6;
const MOST_CHARACTERS = 8;

/** A text with something else in the place of one of its words. */
function* wordsReplaced(text: string, strings: readonly string[]): Generator<string> {
  const words = [...text.matchAll(/[\p{L}\p{N}_]+/gu)].filter(({ 0: word }) => word !== text).slice(0, MOST_WORDS);
  for (const one of ['', ...strings]) {
    for (const { 0: word, index } of words) if (word !== one) yield text.slice(0, index) + one + text.slice(index + word.length);
  }
}

/** A text with one of its characters another one, or gone. */
function* charactersChanged(text: string): Generator<string> {
  const places = [...text].map((_, i) => i).filter((i) => i < MOST_CHARACTERS || i >= text.length - MOST_CHARACTERS);
  for (const i of places) yield text.slice(0, i) + (text[i] === 'x' ? 'y' : 'x') + text.slice(i + 1);
  for (const i of places) yield text.slice(0, i) + text.slice(i + 1);
  for (const i of places) yield text.slice(0, i) + (text[i] === '1' ? '0' : '1') + text.slice(i + 1);
}

function lastReplaced(text: string, one: string, other: string): string {
  const at = text.lastIndexOf(one);
  return text.slice(0, at) + other + text.slice(at + one.length);
}

function* numberVariations(number: number, { numbers }: Pool): Generator<Literal> {
  yield* [number + 1, number - 1, 0, 1, -1, 2];
  for (const one of numbers) yield* [one, one + 1, one - 1];
  for (const one of numbers) if (one !== 0 && one !== 1) yield* [number * one, number / one];
  yield* [-number, number * 2, number + 0.5, Math.trunc(number / 2), 10, 100, 1000, 0.5, 2 ** 31, 2 ** 53].filter((one) => !Object.is(one, -0));
}

function* compoundVariations(literal: Exclude<Literal, null | boolean | number | string>, pool: Sources): Generator<Literal> {
  switch (literal.$) {
    case 'array': {
      const { items } = literal;
      const made = (changed: Literal[]): Literal => ({ $: 'array', items: changed });
      yield made([]);
      for (const i of items.keys()) yield made(items.filter((_, j) => j !== i));
      const [first] = items;
      if (first !== undefined) yield* [made([first]), made([first, ...items]), made([...items].reverse())];
      if (items.every((item) => typeof item === 'string'))
        for (const one of pool.strings) if (!items.includes(one)) yield* [made([...items, one]), made([one, ...items])];
      yield* inTurns(
        items.slice(0, 6).map(function* (item, i): Generator<Literal> {
          for (const one of literalVariations(item, pool)) yield made(items.map((before, j) => (j === i ? one : before)));
        }),
      );
      return;
    }
    case 'object': {
      const { entries } = literal;
      const changed = entries.map(function* ([key, value], i): Generator<Literal> {
        for (const one of [...(pool.as.get(key) ?? []), ...literalVariations(value, pool)])
          yield { $: 'object', entries: entries.map((before, j) => (j === i ? [key, one] : before)) };
      });
      yield* inTurns([...changed, withAnother(entries, pool)]);
      return;
    }
    case 'map':
      yield { $: 'map', entries: [] };
      for (const i of literal.entries.keys()) yield { $: 'map', entries: literal.entries.filter((_, j) => j !== i) };
      return;
    case 'set':
      yield { $: 'set', items: [] };
      for (const i of literal.items.keys()) yield { $: 'set', items: literal.items.filter((_, j) => j !== i) };
      return;
    case 'bigint':
      for (const one of bigintsLike(BigInt(literal.digits))) yield { $: 'bigint', digits: String(one) };
      return;
    case 'date':
      for (const by of [1, -1, 86_400_000, -86_400_000, 31_536_000_000]) yield { $: 'date', time: literal.time + by };
      return;
    case 'function':
      yield* FUNCTIONS;
      return;
    case 'step':
      for (const path of otherPaths(literal.path ?? '')) yield { ...literal, path };
      return;
    case 'bytes':
      yield { ...literal, items: [] };
      yield { ...literal, items: literal.items.slice(1) };
      return;
    default:
  }
}

/** Neighbours, and such as have other bits: code with large numbers often packs several into one. */
function* bigintsLike(one: bigint): Generator<bigint> {
  yield* [one + 1n, one - 1n, 0n, 1n];
  for (const shift of [8n, 16n, 32n, 48n, 64n, 80n, 96n, 112n]) {
    yield* [one & ~(0xffffn << shift), one ^ (1n << shift)];
    if (one >> shift !== 0n) yield one >> shift;
  }
  yield* [one << 16n, one & 0xffffn, -one];
}

/** Ways to the neighbours of a part of a value, and to what it is in. */
function* otherPaths(path: string): Generator<string> {
  const last = /\[(\d+)\]$/.exec(path);
  const around = path.slice(0, last?.index);
  if (last) for (const i of [Number(last[1]) + 1, Number(last[1]) - 1]) if (i >= 0) yield `${around}[${i}]`;
  const outer = (last ? around : path).replace(/\.[^.[]+$/, '');
  if (outer !== path && outer !== '') yield outer;
}

/** Objects with one property more: one that the code reads, or that tests gave to others. */
function* withAnother(entries: readonly [string, Literal][], { names, as }: Sources): Generator<Literal> {
  for (const name of new Set([...names, ...[...as.keys()].slice(0, MOST_NAMES)])) {
    if (entries.some(([key]) => key === name)) continue;
    const values = [...(as.get(name) ?? []), ...(names.includes(name) ? ADDED : [])];
    for (const value of values) yield { $: 'object', entries: [...entries, [name, value]] };
  }
}

/** Of how many names properties are added that only tests speak of. */
const MOST_NAMES = 16;

/** A function that shows whether it is called at all. */
const LOUD: Literal = { $: 'function', text: "() => { throw new Error('called'); }" };

/** What a property may be that was not there. */
const ADDED: readonly Literal[] = [true, false, 1, 'a', LOUD];

/** Functions that tell whether what a callback answers matters. */
const FUNCTIONS: readonly Literal[] = [
  ...['() => true', '() => false', '() => undefined', '(value) => value', '() => 0', "() => ''"].map((text) => ({ $: 'function' as const, text })),
  LOUD,
];

/** Values of another kind, which tests did not give: a type may forbid them. */
function* boldVariations(literal: Literal): Generator<Literal> {
  const entries = typeof literal === 'object' && literal?.$ === 'object' ? literal.entries : [];
  const made = (changed: [string, Literal][]): Literal => ({ $: 'object', entries: changed });
  for (const i of entries.keys()) yield made(entries.filter((_, j) => j !== i));
  if (entries.length > 0) yield made([]);
  if (typeof literal === 'number')
    yield* [
      { $: 'number', is: 'NaN' },
      { $: 'number', is: 'Infinity' },
      { $: 'number', is: '-Infinity' },
      { $: 'number', is: '-0' },
    ] as const;
  if (!refersTo(literal)) yield* [{ $: 'undefined' }, null] as const;
  for (const [i, [key, value]] of entries.entries()) {
    for (const one of boldVariations(value)) yield made(entries.map((before, j) => (j === i ? [key, one] : before)));
  }
  if (typeof literal === 'string') yield 1;
  if (typeof literal === 'number') yield 'a';
}

/** What a step calls, whatever with. */
export function calleeOf({ call }: Step): string {
  return 'of' in call ? `.${call.name}` : call.path;
}
