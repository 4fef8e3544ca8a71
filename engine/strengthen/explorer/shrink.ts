import { type Literal, sizeOf } from '../literals.ts';
import { isReferredTo, type Scenario, type Step } from '../scenario.ts';

/** How many smaller scenarios are tried at most. */
const MOST_TRIES = 600;

/**
 * The smallest scenario that can be found for which something still holds: fewer arguments, smaller values, shorter strings.
 *
 * @param holds whether what matters holds for a scenario; it does for the first
 */
export async function shrink(scenario: Scenario, holds: (one: Scenario) => Promise<boolean>): Promise<Scenario> {
  let best = scenario;
  let tries = 0;
  search: for (;;) {
    for (const smaller of smallerScenarios(best)) {
      if (++tries > MOST_TRIES) return best;
      if (await holds(smaller)) {
        best = smaller;
        continue search;
      }
    }
    return best;
  }
}

/** Scenarios that are simpler than one in one respect. */
export function* smallerScenarios({ steps }: Scenario): Generator<Scenario> {
  for (const at of steps.keys()) {
    const smaller = withoutStep(steps, at);
    if (smaller) yield { steps: smaller };
  }
  for (const [at, step] of steps.entries()) {
    if (isUndefined(step.args.at(-1))) yield { steps: steps.map((other, j) => (j === at ? { ...step, args: step.args.slice(0, -1) } : other)) };
    for (const [i, arg] of step.args.entries()) {
      for (const one of smallerLiterals(arg)) {
        yield { steps: steps.map((other, j) => (j === at ? { ...step, args: step.args.map((before, k) => (k === i ? one : before)) } : other)) };
      }
    }
  }
}

/** The steps without one that no other refers to; never without the last. */
function withoutStep(steps: readonly Step[], at: number): Step[] | undefined {
  if (at === steps.length - 1) return undefined;
  if (isReferredTo(at, steps)) return undefined;
  const text = JSON.stringify(steps.filter((_, i) => i !== at));
  return JSON.parse(text, (key, value: unknown) =>
    (key === 'step' || key === 'of') && typeof value === 'number' && value > at ? value - 1 : value,
  ) as Step[];
}

/** Literals of the same kind that are simpler, the simplest first. */
export function* smallerLiterals(literal: Literal): Generator<Literal> {
  if (typeof literal === 'string') yield* smallerStrings(literal);
  else if (typeof literal === 'number') {
    yield* [0, 1, 2, -1, Math.trunc(literal), Math.trunc(literal / 2)].filter((one) => isSimpler(one, literal) && !Object.is(one, -0));
  } else if (typeof literal === 'object' && literal !== null) yield* smallerCompounds(literal);
}

function* smallerStrings(text: string): Generator<string> {
  const { length } = text;
  for (let part = length; part >= 1; part >>= 1) {
    for (let from = 0; from + part <= length; from += part) yield text.slice(0, from) + text.slice(from + part);
  }
  if (length > 24) return;
  for (const [i, character] of [...text].entries()) {
    if (character !== 'a' && /[\p{L}]/u.test(character)) yield [...text].map((one, j) => (j === i ? 'a' : one)).join('');
  }
}

function* smallerCompounds(literal: Exclude<Literal, null | boolean | number | string>): Generator<Literal> {
  if (literal.$ === 'array' || literal.$ === 'set') {
    const { $, items } = literal;
    if (items.length > 0) yield { $, items: [] };
    for (const i of items.keys()) yield { $, items: items.filter((_, j) => j !== i) };
    for (const [i, item] of items.entries())
      for (const one of smallerLiterals(item)) yield { $, items: items.map((before, j) => (j === i ? one : before)) };
  } else if (literal.$ === 'object') {
    const { entries } = literal;
    for (const [i, [key, value]] of entries.entries()) {
      for (const one of smallerLiterals(value)) yield { $: 'object', entries: entries.map((before, j) => (j === i ? [key, one] : before)) };
    }
  } else if (literal.$ === 'map') {
    for (const i of literal.entries.keys()) yield { $: 'map', entries: literal.entries.filter((_, j) => j !== i) };
  }
}

function isUndefined(literal: Literal | undefined): boolean {
  return typeof literal === 'object' && literal !== null && literal.$ === 'undefined';
}

function isSimpler(a: number, b: number): boolean {
  return weight(a) < weight(b);
}

function weight(number: number): number {
  return Math.abs(number) * 2 + Number(number < 0) + (Number.isInteger(number) ? 0 : 1000);
}

/** How much there is to read in a scenario. */
export function weightOf({ steps }: Scenario): number {
  return steps.reduce((sum, { args }) => sum + 4 + args.reduce<number>((all, arg) => all + sizeOf(arg) + JSON.stringify(arg).length / 8, 0), 0);
}
