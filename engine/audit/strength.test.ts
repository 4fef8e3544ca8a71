import assert from 'node:assert/strict';
import type { Check } from './model.ts';
import { bandOf, pointsOf, strengthOf } from './strength.ts';

const check = (fact: Check['fact'], more: Partial<Check> = {}): Check => ({
  fact,
  subject: 'f()',
  details: 1,
  certainty: 'always',
  start: 0,
  end: 1,
  ...more,
});

const CASES: Record<string, [checks: Check[], strength: number, more?: { acts?: boolean; rows?: number }]> = {
  'nothing at all': [[], 0, { acts: false }],
  'only running something': [[], 10],
  'an assertion that is never made, of nothing that runs': [[check('value', { flaw: 'uncalled' })], 10, { acts: false }],
  'a value': [[check('value')], 58],
  'two values': [[check('value'), check('value', { subject: 'g()' })], 82],
  'the same fact twice, the weaker one last': [[check('value'), check('value', { certainty: 'loop' })], 58],
  'the same fact twice, the weaker one first': [[check('value', { certainty: 'loop' }), check('value')], 58],
  'another fact about the same subject': [[check('value'), check('exists')], 67],
  'weak facts, however many': [[...'abcdefgh'].map((subject) => check('truth', { subject })), 50],
  'a value in a loop': [[check('value', { certainty: 'loop' })], 43],
  'a value in a catch': [[check('value', { certainty: 'catch' })], 23],
  'a structure of four values': [[check('structure', { details: 4 })], 70],
  'a value for four rows': [[check('value')], 93, { rows: 4 }],
};

describe('the strength of a test', () => {
  for (const [name, [checks, strength, { acts = true, rows = 1 } = {}]] of Object.entries(CASES)) {
    it(`is ${strength} for ${name}`, () => assert.equal(strengthOf({ checks, acts, rows }), strength));
  }

  it('lies in the bands at their borders', () =>
    assert.deepEqual([0, 20, 21, 50, 51, 80, 81, 100].map(bandOf), [
      'execution only',
      'execution only',
      'weak',
      'weak',
      'behaviour',
      'behaviour',
      'comprehensive',
      'comprehensive',
    ]));

  it('has points of each assertion alone, and none of one that cannot fail', () => {
    assert.equal(pointsOf(check('value'), 1), 58);
    assert.equal(pointsOf(check('value'), 4), 93);
    assert.equal(pointsOf(check('value', { flaw: 'tautology' }), 1), 0);
  });
});
