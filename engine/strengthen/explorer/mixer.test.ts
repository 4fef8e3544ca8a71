import assert from 'node:assert/strict';
import { randomNumbers } from '../../model/index.ts';
import { encode, type Literal, OF_ARGUMENTS } from '../literals.ts';
import { keyOf, type Scenario } from '../scenario.ts';
import { Mixer } from './mixer.ts';

const literal = (value: unknown): Literal => encode(value, OF_ARGUMENTS);
const call = (path: string, ...args: unknown[]): Scenario => ({ steps: [{ call: { kind: 'function', path }, args: args.map(literal) }] });
const pool = { strings: ['%'], numbers: [], names: [] };

/** Two calls, and one that comes of them. */
const CASES: [one: Scenario, other: Scenario, mixed: Scenario][] = [
  [call('f', 'fe80::1'), call('f', '1.2%eth0'), call('f', 'fe80::1%eth0')],
  [call('f', 'fe80::1'), call('f', '1.2%eth0'), call('f', 'fe80::1%')],
  [call('f', 'a.b.c'), call('f', 'x'), call('f', 'a.c')],
  [call('f', 'a.b'), call('f', 'x'), call('f', 'a.b.b')],
  [call('f', { text: 'a-b' }), call('f', { text: 'c+d' }), call('f', { text: 'a+d' })],
  [call('f', { a: 1 }), call('f', { b: 2 }), call('f', { a: 1, b: 2 })],
  [call('f', { a: 1 }), call('f', { a: 2 }), call('f', { a: 2 })],
  [call('f', [1, 2]), call('f', [3, 4]), call('f', [1, 4])],
  [call('f', 1, 'a'), call('f', 2, 'b'), call('f', 2, 'b')],
  [call('f', 1), call('g', 'b'), call('f', 2)],
];

describe('mixing calls', () => {
  for (const [one, other, expected] of CASES) {
    it(`${JSON.stringify(one.steps[0]?.args)} and ${JSON.stringify(other.steps[0]?.args)} may give ${JSON.stringify(expected.steps[0]?.args)}`, () => {
      const mixer = new Mixer(pool, { at: new Map(), as: new Map() }, randomNumbers(1));
      const made = new Set(Array.from({ length: 3000 }, () => keyOf(mixer.mixed(one, other))));
      assert.ok(made.has(keyOf(expected)), [...made].slice(0, 40).join('\n'));
    });
  }

  it('takes nothing of steps that are not there', () => {
    const made: Scenario = { steps: [{ call: { kind: 'function', path: 'make' }, args: [] }, ...call('f', { a: 1 }).steps] };
    const other = { steps: made.steps.map((step, i) => (i === 0 ? step : { ...step, args: [{ $: 'step', step: 0 } as const] })) };
    const mixer = new Mixer(pool, { at: new Map(), as: new Map() }, randomNumbers(1));
    const mixed = (one: Scenario) => new Set(Array.from({ length: 300 }, () => JSON.stringify(mixer.mixed(one, other).steps.at(-1)?.args)));
    assert.ok(mixed(made).has('[{"$":"step","step":0}]'));
    assert.ok(!mixed(call('f', { a: 1 })).has('[{"$":"step","step":0}]'));
  });

  it('gives the same each time', () => {
    const [one, other] = [call('f', 'a.b', [1]), call('f', 'c', [2])];
    const made = () => {
      const mixer = new Mixer(pool, { at: new Map(), as: new Map() }, randomNumbers(7));
      return Array.from({ length: 20 }, () => keyOf(mixer.mixed(one, other)));
    };
    assert.deepEqual(made(), made());
  });
});
