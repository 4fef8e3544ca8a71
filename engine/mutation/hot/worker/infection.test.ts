import assert from 'node:assert/strict';
import { type Infection, infection, type Outcome } from './infection.ts';

const value = (value: unknown): Outcome => ({ value });
const stop = (stop: number): Outcome => ({ stop });
const error: Outcome = { error: new Error() };

/** What an expression comes to without and with a mutant, and what that says; `asked` where only its truth counts, or the mutant's place was not come to. */
const CASES: Record<string, [before: Outcome, after: Outcome, expected: Infection, asked?: { asCondition?: boolean; wasAsked?: boolean }]> = {
  'the same text': [value('a'), value('a'), 'none'],
  'not a number twice': [value(Number.NaN), value(Number.NaN), 'none'],
  'another text': [value('a'), value('b'), 'certain'],
  'negative zero': [value(0), value(-0), 'certain'],
  'an object in place of nothing': [value(undefined), value({}), 'certain'],
  'null in place of an object': [value({}), value(null), 'certain'],
  'two objects, which may be alike': [value([]), value([]), 'possible'],
  'two functions, which may do the same': [value(() => 1), value(() => 1), 'possible'],
  'values of one truth, where that counts': [value('a'), value('b'), 'none', { asCondition: true }],
  'values of another truth': [value('a'), value(''), 'certain', { asCondition: true }],
  'the same part, behind the mutant': [stop(2), stop(2), 'none'],
  'the same part, without having come to the mutant': [stop(2), stop(2), 'possible', { wasAsked: false }],
  'the same part, with values of before it in use': [stop(0), stop(0), 'possible'],
  'another part': [stop(1), stop(2), 'possible'],
  'a part in place of a value': [value(1), stop(1), 'possible'],
  'an error in place of a value': [value(1), error, 'possible'],
};

describe('what a mutant infects', () => {
  for (const [title, [before, after, expected, { asCondition = false, wasAsked = true } = {}]] of Object.entries(CASES)) {
    it(`${title}: ${expected}`, () => assert.equal(infection(before, after, asCondition, wasAsked), expected));
  }
});
