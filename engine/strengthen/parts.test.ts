import assert from 'node:assert/strict';
import { encode, OF_RESULTS } from './literals.ts';
import { changedAround, telling } from './parts.ts';
import type { Outcome } from './scenario.ts';

class Leaf {
  readonly [name: string]: unknown;
  constructor(properties: object) {
    Object.assign(this, properties);
  }
}

/** What comes, what comes with a mutant, and the way to what tells them. */
const TELLING: [one: unknown, other: unknown, path: string | undefined][] = [
  [1, 2, ''],
  [new Leaf({ a: 1, b: null }), new Leaf({ a: 2, b: null }), '.a'],
  [new Leaf({ b: null, a: [1] }), new Leaf({ b: null, a: [2] }), '.a'],
  [new Leaf({ a: null }), new Leaf({ a: 1 }), '.a'],
  [new Leaf({ a: null }), new Leaf({}), '.a'],
  [new Leaf({ a: Symbol('a') }), new Leaf({ a: 1 }), undefined],
  [new Leaf({ a: 1 }), new Leaf({ a: 1, b: 1 }), '.b'],
  [new Leaf({ 'a b': 1, c: 1 }), new Leaf({ 'a b': 2, c: 1 }), '["a b"]'],
  [new Leaf({ a: 1 }), new Leaf({ '"': 1, a: 1 }), '["\\""]'],
  [[new Leaf({})], [], '.length'],
];

/** What calls before came to, as it is afterwards, the same with a mutant, and the way to the nearest difference that can be asserted. */
const AROUND: [one: unknown, other: unknown, path: string | undefined][] = [
  [new Leaf({ parent: null, next: { a: 1 } }), new Leaf({ parent: null, next: { a: 2 } }), '.next'],
  [new Leaf({ children: [new Leaf({})] }), new Leaf({ children: [new Leaf({}), new Leaf({})] }), '.children.length'],
  [new Leaf({ deep: new Leaf({ a: 1 }), z: 1 }), new Leaf({ deep: new Leaf({ a: 2 }), z: 2 }), '.z'],
  [new Leaf({ _a: 1, deep: new Leaf({ b: 1 }) }), new Leaf({ _a: 2, deep: new Leaf({ b: 2 }) }), '.deep.b'],
  [new Leaf({ _a: 1 }), new Leaf({ _a: 2 }), '._a'],
  [new Leaf({ a: 1 }), new Leaf({ a: 1 }), undefined],
];

describe('parts of values that tell them from others', () => {
  for (const [one, other, path] of TELLING) {
    it(`${JSON.stringify(one)} from ${JSON.stringify(other)}`, () => assert.equal(telling(literal(one), literal(other))?.path, path));
  }
  for (const [one, other, path] of AROUND) {
    it(`what is left of ${JSON.stringify(one)} from ${JSON.stringify(other)}`, () => {
      const left = (value: unknown): Outcome => ({ kind: 'returns', value: null, around: [{ step: 0, value: literal(value) }] });
      assert.equal(changedAround(left(one), left(other))?.path, path);
    });
  }
});

function literal(value: unknown) {
  return encode(value, OF_RESULTS);
}
