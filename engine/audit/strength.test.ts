import assert from 'node:assert/strict';
import { FACTS, type Fact, WEIGHTS, type Weights } from './facts.ts';
import type { Certainty, Check } from './model.ts';
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

/** Weights that are easy to reckon with: what is fitted may change, the formula does not. */
const EVEN: Weights = { facts: { ...WEIGHTS.facts, value: 0.4, structure: 0.4, truth: 0.2, exists: 0.1 }, perRow: 1, perDetail: 0.5 };

const CASES: Record<string, [checks: Check[], strength: number, more?: { acts?: boolean; rows?: number }]> = {
  'nothing at all': [[], 0, { acts: false }],
  'only running something': [[], 10],
  'an assertion that is never made, of nothing that runs': [[check('value', { flaw: 'uncalled' })], 10, { acts: false }],
  'a value': [[check('value')], 70],
  'two values': [[check('value'), check('value', { subject: 'g()' })], 82],
  'the same fact twice, the weaker one last': [[check('value'), check('value', { certainty: 'loop' })], 70],
  'the same fact twice, the weaker one first': [[check('value', { certainty: 'loop' }), check('value')], 70],
  'another fact about the same subject': [[check('value'), check('exists')], 73],
  truthiness: [[check('truth')], 26],
  'weak facts, however many': [[...'abcdefghijklmnopqrstuvwxyz'].map((subject) => check('truth', { subject })), 50],
  'a value in a loop': [[check('value', { certainty: 'loop' })], 49],
  'a value in a catch': [[check('value', { certainty: 'catch' })], 23],
  'truthiness that may never be asked for': [[check('truth', { certainty: 'conditional' })], 12],
  'truthiness, and a value in a loop': [[check('truth'), check('value', { certainty: 'loop' })], 54],
  'a structure of four values': [[check('structure', { details: 4 })], 82],
  'a value for four rows': [[check('value')], 89, { rows: 4 }],
};

describe('the strength of a test', () => {
  for (const [name, [checks, strength, { acts = true, rows = 1 } = {}]] of Object.entries(CASES)) {
    it(`is ${strength} for ${name}`, () => assert.equal(strengthOf({ checks, acts, rows }, EVEN), strength));
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
    assert.equal(pointsOf(check('value'), 1), strengthOf({ checks: [check('value')], acts: true, rows: 1 }));
    assert.equal(pointsOf(check('value', { flaw: 'tautology' }), 1), 0);
  });
});

describe('the weights', () => {
  const kinds = Object.keys(FACTS) as Fact[];
  const strength = (checks: readonly Check[], rows = 1) => strengthOf({ checks: [...checks], acts: true, rows });

  for (const fact of kinds.filter((one) => one !== 'property')) {
    const band = FACTS[fact].weak ? 'weak' : 'behaviour';
    it(`put ${fact} alone into the band ${band}`, () => assert.equal(bandOf(strength([check(fact)])), band));
  }

  it('make two values comprehensive', () => assert.equal(bandOf(strength([check('value'), check('value', { subject: 'g()' })])), 'comprehensive'));

  it('never lower a strength by a fact, a row or a detail more', () => {
    const certainties: Certainty[] = ['always', 'loop', 'catch'];
    const some = kinds.flatMap((fact) => certainties.map((certainty) => check(fact, { certainty, subject: `${fact} ${certainty}` })));
    for (const one of some) {
      assert.ok(strength([one], 3) >= strength([one]), one.subject);
      assert.ok(strength([{ ...one, details: 3 }]) >= strength([one]), one.subject);
      for (const other of some) assert.ok(strength([one, other]) >= strength([one]), `${one.subject} and ${other.subject}`);
    }
  });
});
