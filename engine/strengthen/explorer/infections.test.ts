import assert from 'node:assert/strict';
import type { Literal } from '../literals.ts';
import type { Outcome, Scenario } from '../scenario.ts';
import { infections } from './infections.ts';
import { givenIn } from './variations.ts';

const call = (path: string, ...args: Literal[]): Scenario => ({ steps: [{ call: { kind: 'function', path }, args }] });
const object: Literal = { $: 'object', entries: [['a', 1]] };
const numbers = (count: number) => Array.from({ length: count }, (_, i) => i);
const calls = (count: number, path = 'f') => numbers(count).map((i) => call(path, i));
const firstOf = ({ steps }: Scenario) => steps.at(-1)?.args[0] as number;
const returns = (value: Literal): Outcome => ({ kind: 'returns', value });

interface Case {
  scenarios?: Scenario[];
  /** What calls come to, each to its own argument where missing, and in which of them the condition goes the other way: in all. */
  comesTo?: (scenario: Scenario) => Outcome | undefined;
  alters?: (scenario: Scenario) => boolean;
  tests?: Scenario[];
  within?: { name: string; arity: number } | undefined;
  counted: number;
  /** How many calls are made, where that matters. */
  played?: number;
}

/** A new thing each time. */
let last = 0;
const another = () => returns(++last);

/** Calls that run a mutant's code, and how many of them count, of 20 at most. */
const CASES: Record<string, Case> = {
  'calls that come to many things, and no more of them than are enough': { counted: 20, played: 20 },
  'as many calls as come to enough things': {
    comesTo: (one) => returns(firstOf(one) < 20 ? firstOf(one) % 5 : firstOf(one)),
    counted: 20,
    played: 25,
  },
  'as many as there are': { scenarios: calls(12), counted: 12 },
  'ten things are enough': { comesTo: (one) => returns(firstOf(one) % 10), counted: 20 },
  'nine are too few': { comesTo: (one) => returns(firstOf(one) % 9), counted: 0 },
  'both true and false are enough': { comesTo: (one) => returns(firstOf(one) % 2 === 0), counted: 20 },
  'true, false and a promise are not': {
    comesTo: (one) => ({ kind: firstOf(one) % 3 === 0 ? 'resolves' : 'returns', value: firstOf(one) % 3 === 1 }),
    counted: 0,
  },
  'nor are false and a promise of true': {
    comesTo: (one) => (firstOf(one) % 2 === 0 ? { kind: 'resolves', value: true } : returns(false)),
    counted: 0,
  },
  'nor are true and a number': { comesTo: (one) => returns(firstOf(one) % 2 === 0 ? true : 1), counted: 0 },
  'nor are false and a number': { comesTo: (one) => returns(firstOf(one) % 2 === 0 ? false : 1), counted: 0 },
  'true alone is not': { comesTo: () => returns(true), counted: 0 },
  'nor are two texts': { comesTo: (one) => returns(firstOf(one) % 2 === 0 ? 'a' : 'b'), counted: 0 },
  'a promise of true is no true': { comesTo: (one) => ({ kind: firstOf(one) % 2 === 0 ? 'resolves' : 'returns', value: true }), counted: 0 },
  'only those in which the condition goes the other way': { alters: (one) => firstOf(one) % 2 === 0, counted: 15 },
  'no errors': { comesTo: (one) => ({ kind: 'throws', value: firstOf(one) }), counted: 0 },
  'nothing that says nothing': { comesTo: () => undefined, counted: 0 },
  'no calls of other functions': { scenarios: calls(30, 'g'), tests: [call('f', 1), call('g', 1)], counted: 0 },
  'calls by the way to the function': { scenarios: calls(30, 'ns.f'), tests: [call('ns.f', 1)], counted: 20 },
  'no calls with less than it takes': { within: { name: 'f', arity: 2 }, tests: [call('f', 1, 1)], counted: 0 },
  'no calls with nothing': { scenarios: numbers(30).map(() => call('f')), comesTo: another, within: { name: 'f', arity: 0 }, counted: 0 },
  'no calls with objects': { scenarios: numbers(30).map((i) => call('f', i, object)), counted: 0 },
  'no calls behind others with objects': {
    scenarios: numbers(30).map((i) => ({ steps: [...call('g', object).steps, ...call('f', i).steps] })),
    counted: 0,
  },
  'calls with all that it takes': {
    scenarios: numbers(30).map((i) => call('f', i, i)),
    within: { name: 'f', arity: 2 },
    tests: [call('f', 1, 1)],
    counted: 20,
  },
  'nothing where tests give objects in one place': {
    scenarios: numbers(30).map((i) => call('f', i, i)),
    within: { name: 'f', arity: 2 },
    tests: [call('f', 1, object)],
    counted: 0,
  },
  'nothing where tests leave one place out': {
    scenarios: numbers(30).map((i) => call('f', i, i)),
    within: { name: 'f', arity: 2 },
    counted: 0,
  },
  'nothing where tests give objects there': { tests: [call('f', 1), call('f', object)], counted: 0 },
  'nothing where no test gives anything there': { tests: [call('g', 1)], counted: 0 },
  'nothing outside of functions': { within: undefined, counted: 0 },
};

describe('calls that make no change likely', () => {
  for (const [title, one] of Object.entries(CASES)) {
    it(title, async () => {
      const {
        scenarios = calls(30),
        comesTo = (scenario) => returns(firstOf(scenario)),
        alters = () => true,
        tests = [call('f', 1)],
        counted,
        played,
      } = one;
      let made = 0;
      const trials = {
        once: async (scenario: Scenario) => {
          made++;
          return comesTo(scenario);
        },
        tracks: async (scenario: Scenario) => ({ hits: {}, infected: new Set<string>(), altered: new Set(alters(scenario) ? ['m'] : ['other']) }),
      };
      const within = 'within' in one ? one.within : { name: 'f', arity: 1 };
      assert.equal(await infections({ id: 'm', within }, scenarios, givenIn(tests), trials, 20), counted);
      if (played !== undefined) assert.equal(made, played);
    });
  }
});
