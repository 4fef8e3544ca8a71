import assert from 'node:assert/strict';
import { encode, OF_ARGUMENTS } from '../literals.ts';
import type { Scenario } from '../scenario.ts';
import { Caution } from './caution.ts';

const f = (...args: unknown[]): Scenario => ({
  steps: [{ call: { kind: 'function', path: 'f' }, args: args.map((one) => encode(one, OF_ARGUMENTS)) }],
});

/** Calls of tests, another call, and whether it may be tried. */
const CASES: [observed: Scenario[], other: Scenario, allowed: boolean][] = [
  [[f({ type: 'string' }), f({ type: 'enum' })], f({ type: 'enum' }), true],
  [[f({ type: 'string' }), f({ type: 'enum' })], f({ type: '' }), false],
  [[f({ on: true })], f({ on: false }), true],
  [[f(1)], f(2), true],
  [[f(1)], f(null), false],
  [[f(1)], f(), false],
  [[f(1), f()], f(), true],
  [[f({ a: 1 })], f({}), false],
  [[f({ a: 1 })], f({ a: 2, b: 1 }), false],
  [[f({ a: 1 }), f({ a: 1, b: 'c' })], f({ a: 2 }), true],
  [[f({ a: { on: true }, b: { on: false, size: 1 } })], f({ a: { on: true, size: 1 }, b: { on: false, size: 1 } }), true],
  [[f({ a: { on: true }, b: { on: false, size: 1 } })], f({ a: {}, b: { on: false, size: 1 } }), false],
  [[f([{ a: 1 }])], f([{ a: 2 }, { a: 3 }]), true],
  [[f([1])], f(['a']), false],
  [[f([])], f({}), false],
  [[f({})], f([]), false],
  [[f({})], f(new Map()), false],
  [[f(true)], f(''), false],
  [[f(1)], f(true), false],
  [[f(1n)], f({ $: 1 }), false],
  [[f(new URL('a:b'))], f(new URL('a:c')), true],
  [[f(new URL('a:b'))], f(new Date(0)), false],
  [[f(['a']), f(['b']), f(['c']), f(['d']), f(['e']), f(['f'])], f(['g', 'h']), true],
  [[f(['a']), f(['b'])], f(['g']), false],
];

describe('values of the kinds that tests gave', () => {
  for (const [observed, other, allowed] of CASES) {
    const show = ({ steps }: Scenario) => JSON.stringify(steps[0]?.args);
    it(`${observed.map(show).join(', ')}: ${show(other)} is ${allowed ? 'one' : 'none'}`, () => {
      assert.equal(new Caution(observed).allows(other), allowed);
    });
  }
});
