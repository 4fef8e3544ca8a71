import assert from 'node:assert/strict';
import { runInThisContext } from 'node:vm';
import { decode, encode, isWritable, OF_ARGUMENTS, OF_RESULTS, type Realm, sayTheSame, sizeOf } from './literals.ts';
import { Printer } from './writing/print.ts';

class Cart {
  total = 3;
}
const cyclic: Record<string, unknown> = {};
cyclic['self'] = cyclic;

/** A value, and how it is written down. */
const WRITTEN: [value: unknown, source: string][] = [
  [null, 'null'],
  [undefined, 'undefined'],
  [true, 'true'],
  [0, '0'],
  [-0, '-0'],
  [Number.NaN, 'NaN'],
  [Number.NEGATIVE_INFINITY, '-Infinity'],
  [12.5, '12.5'],
  [10n, '10n'],
  ['', "''"],
  ["it's", '"it\'s"'],
  ['both \' and "', "'both \\' and \"'"],
  ['a\n\t\\', "'a\\n\\t\\\\'"],
  ['\u0000\u200b\u00a0', "'\\x00\\u200b\\xa0'"],
  ['\ud83d', "'\\ud83d'"],
  ['💥é', "'💥é'"],
  [[], '[]'],
  [[1, [2]], '[1, [2]]'],
  [{}, '{}'],
  [{ a: 1, 'b-c': [undefined], 3: null }, "{ 3: null, a: 1, 'b-c': [undefined] }"],
  [JSON.parse('{"__proto__":1}'), "{ ['__proto__']: 1 }"],
  [new Map([['a', 1]]), "new Map([['a', 1]])"],
  [new Set([1, 2]), 'new Set([1, 2])'],
  [new Date(0), "new Date('1970-01-01T00:00:00.000Z')"],
  [/a\/b/gi, '/a\\/b/gi'],
  [new URL('https://a.b/c?d'), "new URL('https://a.b/c?d')"],
  [new Uint8Array([1, 2]), 'new Uint8Array([1, 2])'],
  [Buffer.from('a'), 'Buffer.from([97])'],
];

/** A value that no literal can make again. */
const NOT_WRITTEN: [name: string, value: unknown][] = [
  ['a symbol', Symbol('a')],
  ['an object of a class', new Cart()],
  ['an object that holds itself', cyclic],
  ['a long string', 'x'.repeat(401)],
  ['a large array', Array.from({ length: 200 }, (_, i) => i)],
  ['an array with holes', new Array(3)],
  ['a promise', Promise.resolve()],
  ['a native function', Math.max],
  ['an error', new Error('a')],
  ['an error with a code', Object.assign(new Error('a'), { code: 'E_A' })],
  ['an object without a prototype', Object.create(null)],
  [
    'an object with a getter',
    {
      get a() {
        return 1;
      },
    },
  ],
];

describe('values as literals', () => {
  const printer = new Printer({ quote: "'", indent: '  ', trailingCommas: true });
  for (const [value, source] of WRITTEN) {
    it(`${source} is written and made again`, () => {
      const literal = encode(value, OF_ARGUMENTS);
      assert.ok(isWritable(literal));
      assert.equal(printer.print(literal), source);
      // What is written has to mean what it was made from.
      assert.deepEqual(runInThisContext(`(${source})`), value);
      assert.deepEqual(decode(literal, globalThis as Realm), value);
    });
  }
  for (const [name, value] of NOT_WRITTEN) it(`${name} is not`, () => assert.ok(!isWritable(encode(value, OF_ARGUMENTS))));

  it('a short function is written by its source', () => {
    const literal = encode((a: number) => a + 1, OF_ARGUMENTS);
    assert.match(printer.print(literal), /^\(a\s*\) => a \+ 1$/);
    assert.equal((decode(literal, globalThis as Realm) as (a: number) => number)(1), 2);
  });

  it('what an earlier step came to is that', () => {
    const cart = new Cart();
    const literal = encode([cart, cart.constructor], OF_ARGUMENTS, (value) =>
      value === cart ? { step: 1 } : value === Cart ? { step: 1, path: '.constructor' } : undefined,
    );
    assert.equal(
      new Printer({ quote: "'", indent: '  ', trailingCommas: true }, (step) => `cart${step}`).print(literal),
      '[cart1, cart1.constructor]',
    );
    assert.deepEqual(decode(literal, globalThis as Realm, [undefined, cart]), [cart, Cart]);
    assert.equal(sizeOf(literal), 3);
    assert.throws(() => decode({ $: 'step', step: 1, path: '.lines[0]' }, globalThis as Realm, [undefined, cart]), /nothing is at \.lines\[0\]/);
  });

  it('what is empty stands on one line wherever it begins', () => {
    for (const empty of [[], {}]) assert.match(printer.print(encode(empty, OF_ARGUMENTS), 200), /^(\[\]|\{\})$/);
  });

  it('what is long stands on lines of its own', () => {
    const literal = encode({ first: 'a'.repeat(50), second: 'b'.repeat(30) }, OF_ARGUMENTS);
    assert.equal(printer.print(literal, 4, '    '), `{\n      first: '${'a'.repeat(50)}',\n      second: '${'b'.repeat(30)}',\n    }`);
  });
});

describe('what values say', () => {
  for (const [one, other, same] of [
    [{ a: 1, b: 2 }, { b: 2, a: 1 }, true],
    [{ a: { c: 1, d: [1] }, b: 2 }, { b: 2, a: { d: [1], c: 1 } }, true],
    [{ a: 1, b: 2 }, { b: 1, a: 2 }, false],
    [[1, 2], [2, 1], false],
    [new Set([1, 2]), new Set([2, 1]), true],
    [
      new Map([
        [1, 'a'],
        [2, 'b'],
      ]),
      new Map([
        [2, 'b'],
        [1, 'a'],
      ]),
      true,
    ],
    [
      new Map([
        [1, 'a'],
        [2, 'b'],
      ]),
      new Map([
        [1, 'b'],
        [2, 'a'],
      ]),
      false,
    ],
    ['ab', 'ba', false],
    [undefined, null, false],
  ] as const) {
    it(`is ${same ? 'the same' : 'not the same'}: ${JSON.stringify(encode(one, OF_RESULTS))}, ${JSON.stringify(encode(other, OF_RESULTS))}`, () => {
      assert.equal(sayTheSame(encode(one, OF_RESULTS), encode(other, OF_RESULTS)), same);
    });
  }
});
