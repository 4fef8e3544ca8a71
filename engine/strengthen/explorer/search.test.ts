import assert from 'node:assert/strict';
import { encode, type Literal, OF_ARGUMENTS } from '../literals.ts';
import { textsBetween } from '../patterns.ts';
import { keyOf, type Scenario } from '../scenario.ts';
import { Player } from './player.ts';
import { Recorder } from './recorder.ts';
import { shrink } from './shrink.ts';
import { givenIn, inTurns, variations } from './variations.ts';

class Cart {
  #lines: number[] = [];
  readonly currency: string;
  constructor(currency: string) {
    this.currency = currency;
  }
  add(price: number): this {
    this.#lines.push(price);
    return this;
  }
  total(): number {
    return this.#lines.reduce((sum, price) => sum + price, 0);
  }
}
const later = async (n: number) => n + 1;
const sort = (items: number[]) => void items.sort();
const fail = () => {
  throw new RangeError('no');
};
function* count(n: number) {
  for (let i = 0; i < n; i++) yield i;
}
const never = () => new Promise(() => {});
interface Leaf {
  name: string;
  parent: { children: Leaf[] };
}
const parse = (name: string) => {
  const document = { children: [] as Leaf[] };
  document.children.push({ name, parent: document });
  return document;
};
const nameOf = ({ name }: Leaf) => name;
const remove = (leaf: Leaf) => void leaf.parent.children.splice(leaf.parent.children.indexOf(leaf), 1);
const split = (text: string) => text.split(',');
const plant = (count: number) => Array.from({ length: count }, (_, i) => ({ name: `leaf ${i}` }));
const imports = { plant, parse, nameOf, remove, split, Cart, later, sort, fail, count, never, ns: { later } };

/** A recorder that knows these imports, as the text of a test file tells them. */
function recorder(): Recorder {
  const made = new Recorder();
  made.s(Object.fromEntries(Object.entries(imports).map(([name, value]) => [name, () => value])), globalThis);
  return made;
}
const call = (path: string, ...args: unknown[]): Scenario => ({ steps: [{ call: { kind: 'function', path }, args: args.map(literal) }] });
const literal = (value: unknown): Literal => encode(value, OF_ARGUMENTS);
const words = ({ steps }: Scenario) =>
  steps.map(({ call: made, args }) => `${'of' in made ? `#${made.of}.${made.name}` : made.path}(${JSON.stringify(args).slice(1, -1)})`).join('; ');

/** What tests gave where there are none. */
const NOTHING = givenIn([]);

describe('calls that tests make', () => {
  it('are noted with what they are given, and what has to be called before them', () => {
    const lab = recorder();
    lab.test = 'one';
    const cart = new (lab.n('Cart', Cart) as typeof Cart)('EUR');
    (lab.m(cart, 'add') as (n: number) => Cart)(2);
    assert.equal((lab.m(cart, 'total') as () => number)(), 2);
    void (lab.f('later', later) as typeof later)(1);
    assert.deepEqual(
      lab.observed().map(({ scenario, test }) => `${test}: ${words(scenario)}`),
      ['one: Cart("EUR")', 'one: later(1)', 'one: Cart("EUR"); #0.add(2)', 'one: Cart("EUR"); #0.total()', 'one: Cart("EUR"); #0.add(2); #0.total()'],
    );
    const few = lab.observed(4).map(({ scenario }) => words(scenario));
    assert.ok(!few.includes('Cart("EUR"); #0.total()') && few.includes('Cart("EUR"); #0.add(2); #0.total()'), few.join('\n'));
  });

  it('come to what is kept in each test anew', () => {
    const lab = recorder();
    const kept = new Cart('EUR');
    const cached = () => kept;
    const watched = lab.f('cached', cached) as typeof cached;
    for (const test of ['one', 'two']) {
      lab.test = test;
      (lab.m(watched(), 'add') as (n: number) => Cart)(test.length);
    }
    lab.test = 'two';
    (lab.m(watched(), 'add') as (n: number) => Cart)(7);
    assert.deepEqual(
      lab.observed().map(({ scenario, test }) => `${test}: ${words(scenario)}`),
      ['one: cached()', 'one: cached(); #0.add(3)', 'two: cached(); #0.add(7)', 'two: cached(); #0.add(3); #0.add(7)'],
    );
  });

  it('are made with what functions were given before', () => {
    const lab = recorder();
    lab.test = 'one';
    const cart = new (lab.n('Cart', Cart) as typeof Cart)('EUR');
    const fill = (into: Cart, price: number) => void into.add(price);
    const read = (of: Cart) => of.total();
    (lab.f('fill', fill) as typeof fill)(cart, 2);
    (lab.f('read', read) as typeof read)(cart);
    const made = lab.observed().map(({ scenario }) => words(scenario));
    const given = '{"$":"step","step":0}';
    assert.ok(made.includes(`Cart("EUR"); fill(${given},2); read(${given})`) && made.includes(`Cart("EUR"); read(${given})`), made.join('\n'));
  });

  it('are as if nobody looked: classes stay what they are, and a name that means something else is not taken for the import', () => {
    const lab = recorder();
    assert.ok(new (lab.n('Cart', Cart) as typeof Cart)('EUR') instanceof Cart);
    const other = (n: number) => n;
    assert.equal(lab.f('later', other), other);
    assert.equal(lab.f('later', undefined), undefined);
  });

  it('are noted without what looks like a secret', () => {
    const lab = recorder();
    (lab.f('later', later) as (n: unknown) => unknown)({ password: 'open sesame', mail: 'jane@company.io' });
    assert.deepEqual(lab.observed()[0]?.scenario, call('later', { password: 'secret', mail: 'user@example.com' }));
  });

  it('can be of functions that the test file does not use, by the first way that leads there', async () => {
    const lab = recorder();
    const nowhere = () => {
      throw new Error('nowhere');
    };
    lab.u({ twice: [nowhere, () => undefined, () => (n: number) => n * 2], none: [nowhere] });
    assert.equal(lab.wayTo('none', ['none']), undefined);
    assert.equal(lab.wayTo('twice', ['twice', 'all.twice', 'twice']), 2);
    assert.deepEqual(await new Player(lab).play(call('twice', 4)), { kind: 'returns', value: 8 });
    // Loaded anew, the file tells its names again.
    lab.s({}, globalThis);
    assert.deepEqual(await new Player(lab).play(call('twice', 4)), { kind: 'returns', value: 8 });
  });

  it('are given what other calls came to, and parts of that', () => {
    const lab = recorder();
    const { children } = (lab.f('parse', parse) as typeof parse)('a');
    assert.equal((lab.f('nameOf', nameOf) as typeof nameOf)(children[0] as Leaf), 'a');
    const items = (lab.f('split', split) as typeof split)('b,a');
    (lab.f('sort', sort) as (items: string[]) => void)(items);
    assert.deepEqual(
      lab.observed().map(({ scenario }) => words(scenario)),
      [
        'parse("a")',
        'split("b,a")',
        'sort({"$":"array","items":["b","a"]})',
        'parse("a"); nameOf({"$":"object","entries":[["name","a"],["parent",{"$":"step","step":0}]]})',
        'parse("a"); nameOf({"$":"step","step":0,"path":".children[0]"})',
        'split("b,a"); sort({"$":"step","step":0})',
      ],
    );
  });

  it('are given only the first parts of something large', () => {
    const lab = recorder();
    const leaves = (lab.f('plant', plant) as typeof plant)(1000);
    const read = lab.f('nameOf', nameOf) as (leaf: object) => string;
    for (const i of [3, 300]) read(leaves[i] as object);
    assert.deepEqual(
      lab.observed().flatMap(({ scenario }) => (scenario.steps.length > 1 ? [words(scenario)] : [])),
      ['plant(1000); nameOf({"$":"step","step":0,"path":"[3]"})'],
    );
  });

  it('leave things in another state, which is noted of what they are parts of', async () => {
    const removed = (path: string): Scenario => ({
      steps: [...call('parse', 'a').steps, { call: { kind: 'function', path: 'remove' }, args: [{ $: 'step', step: 0, path }] }],
    });
    const outcome = await new Player(recorder()).play(removed('.children[0]'));
    assert.deepEqual('around' in outcome && outcome.around, [{ step: 0, value: literal({ children: [] }) }]);
    assert.deepEqual(await new Player(recorder()).play(removed('.children[1]')), { kind: 'mute', why: 'nothing is at .children[1]' });
  });

  it('may ask an object what it knows', async () => {
    const { steps } = { steps: [{ call: { kind: 'new', path: 'Cart' }, args: ['EUR'] }] } satisfies Scenario;
    const asked = (name: string): Scenario => ({ steps: [...steps, { call: { kind: 'get', of: 0, name }, args: [] }] });
    assert.deepEqual(await new Player(recorder()).play(asked('currency')), { kind: 'returns', value: 'EUR' });
    assert.equal((await new Player(recorder()).play(asked('owner'))).kind, 'mute');
  });

  it('whose arguments cannot be written down are of no use', () => {
    const lab = recorder();
    (lab.f('later', later) as (n: unknown) => unknown)(Symbol('a'));
    assert.deepEqual(lab.observed(), []);
  });
});

describe('playing a scenario', () => {
  for (const [name, scenario, expected] of [
    ['returns', call('ns.later.name.at', 0), { kind: 'returns', value: 'l' }],
    ['resolves', call('later', 1), { kind: 'resolves', value: 2 }],
    ['throws', call('fail'), { kind: 'throws', value: { $: 'error', name: 'RangeError', message: 'no' } }],
    ['iterates', call('count', 2), { kind: 'iterates', value: literal([0, 1]) }],
    ['changes its argument', call('sort', [2, 1]), { kind: 'returns', value: literal(undefined), args: [literal([1, 2])] }],
    ['never ends', call('never'), { kind: 'mute', why: 'it does not come to an end in time' }],
    [
      'calls what is not there',
      call('nothing'),
      { kind: 'throws', value: { $: 'error', name: 'TypeError', message: 'nothing is no function here' } },
    ],
  ] as const) {
    it(name, async () => assert.deepEqual(await new Player(recorder()).play(scenario as Scenario), expected));
  }
});

describe('scenarios like others', () => {
  const pool = { strings: ['EUR'], numbers: [100], names: [] };

  it('differ in one value each, never twice the same', () => {
    const made = [...variations(call('later', 5), pool, givenIn([call('later', 7)]), false)].map(keyOf);
    assert.equal(new Set(made).size, made.length);
    for (const n of [0, 4, 6, 7, 99, 100, 101, -5]) assert.ok(made.includes(keyOf(call('later', n))), `later(${n})`);
    assert.ok(!made.includes(keyOf(call('later', 5))));
  });

  it('are of each argument in turn', () => {
    const changed = [...variations(call('f', 3, 7), pool, NOTHING, false)].slice(0, 10).map(({ steps }) => (steps[0]?.args[0] === 3 ? 1 : 0));
    assert.deepEqual(changed, [0, 1, 0, 1, 0, 1, 0, 1, 0, 1]);
  });

  it('have just the lengths, the products and the marks that the code speaks of', () => {
    const texts = [...variations(call('f', '/foo/bar'), { strings: ['/', '?'], numbers: [30], names: [] }, NOTHING, false)].map(
      ({ steps }) => steps[0]?.args[0],
    );
    for (const length of [29, 30, 31])
      assert.ok(
        texts.some((text) => String(text).length === length),
        String(length),
      );
    assert.ok(texts.includes('/foo?bar'));
    const numbers = [...variations(call('f', 4), { strings: [], numbers: [1.5], names: [] }, NOTHING, false)].map(({ steps }) => steps[0]?.args[0]);
    assert.ok(numbers.includes(6));
  });

  it('have other words and other characters in their texts, and in one place what is given in another', () => {
    const made = new Set(
      [...variations(call('f', 'foo=bar', ['gzip']), { strings: ['__proto__'], numbers: [], names: [] }, NOTHING, false)].map(keyOf),
    );
    for (const text of ['__proto__=bar', 'foo=__proto__', 'fox=bar', 'foo=ba', 'gzip', 'gzip=bar']) {
      assert.ok(made.has(keyOf(call('f', text, ['gzip']))), text);
    }
    for (const items of [['foo'], ['gzip', 'bar'], ['bar', 'gzip']]) assert.ok(made.has(keyOf(call('f', 'foo=bar', items))), String(items));
  });

  it('have properties that the code reads', () => {
    const made = new Set([...variations(call('f', { a: 1 }), { ...pool, names: ['a', 'deep'] }, NOTHING, false)].map(keyOf));
    for (const deep of [true, false, 1, 'a']) assert.ok(made.has(keyOf(call('f', { a: 1, deep }))), String(deep));
  });

  it('are of the same kind, and of others only where boldness is asked for', () => {
    const kinds = (bold: boolean) =>
      new Set([...variations(call('f', 'a', true), pool, NOTHING, bold)].flatMap(({ steps }) => steps[0]?.args.map((arg) => typeof arg)));
    assert.deepEqual([...kinds(false)].sort(), ['boolean', 'string']);
    assert.ok(kinds(true).has('object'));
    const inside = [...variations(call('f', { a: { b: 'c' } }), pool, NOTHING, true)].map(keyOf);
    for (const b of [1, null, undefined]) assert.ok(inside.includes(keyOf(call('f', { a: { b } }))), String(b));
  });
});

describe('properties that tests gave', () => {
  it('are given to other objects, with their values', () => {
    const given = givenIn([call('f', { a: { on: true, size: 3 }, b: { on: false } })]);
    const made = new Set([...variations(call('g', { a: { on: true } }), { strings: [], numbers: [], names: [] }, given, false)].map(keyOf));
    for (const one of [{ a: { on: true, size: 3 } }, { a: { on: false } }, { a: { on: true }, size: 3 }])
      assert.ok(made.has(keyOf(call('g', one))), JSON.stringify(one));
  });
});

describe('callbacks', () => {
  it('may show that they are called', () => {
    const made = [...variations(call('f', { a: 1 }), { strings: [], numbers: [], names: ['onEnd'] }, NOTHING, false)].map(keyOf);
    assert.ok(
      made.some((one) => one.includes('onEnd') && one.includes("throw new Error('called')")),
      made.join('\n'),
    );
  });
});

describe('what types would take', () => {
  it('is given besides what tests gave, also where they gave nothing', () => {
    const given = givenIn([call('ns.f', 'a')], [{ name: 'f', values: [['b'], [{ $: 'object', entries: [['deep', false]] }]] }]);
    const made = new Set([...variations(call('ns.f', 'a'), { strings: [], numbers: [], names: [] }, given, false)].map(keyOf));
    for (const one of [call('ns.f', 'b'), call('ns.f', 'a', { deep: false })]) assert.ok(made.has(keyOf(one)), keyOf(one));
  });
});

describe('turns', () => {
  for (const [sources, atOnce, turns] of [
    [['aaa', 'bb', 'c'], undefined, 'abcaba'],
    [['aaaa', 'bbbb', 'cc', 'dd'], 2, 'abcdababcdab'],
    [['aaaa', 'bb', 'cc'], 1, 'abcaabac'],
  ] as const) {
    it(`of ${sources.join(', ')} are ${turns}`, () => {
      assert.equal(
        [
          ...inTurns(
            sources.map((one) => [...one].values() as Generator<string>),
            atOnce,
          ),
        ].join(''),
        turns,
      );
    });
  }
});

describe('making a scenario smaller', () => {
  it('leaves what matters', async () => {
    const long = call('f', 'abc=def', [1, 200, 3], { a: 1 }, undefined);
    const smallest = await shrink(long, async ({ steps }) => {
      const [text, items] = steps[0]?.args ?? [];
      return typeof text === 'string' && text.includes('=') && JSON.stringify(items).includes('200');
    });
    assert.equal(words(smallest), words(call('f', '=', [200], { a: 0 })));
  });

  it('leaves out steps that nothing needs, and keeps those that something does', async () => {
    const scenario: Scenario = {
      steps: [
        { call: { kind: 'new', path: 'Cart' }, args: ['EUR'] },
        { call: { kind: 'method', of: 0, name: 'add' }, args: [7] },
        { call: { kind: 'new', path: 'Cart' }, args: ['USD'] },
        { call: { kind: 'method', of: 2, name: 'total' }, args: [] },
      ],
    };
    assert.equal(words(await shrink(scenario, async ({ steps }) => steps.at(-1)?.call.kind === 'method')), 'Cart(""); #0.total()');
  });
});

describe('texts that tell two patterns from each other', () => {
  for (const [original, mutated] of [
    ['/^a+$/', '/a+$/'],
    ['/^[a-z]+$/', '/^[^a-z]+$/'],
    ['/\\d{2,}/', '/\\d/'],
    ['/x*y/i', '/xy/i'],
  ] as const) {
    it(`${original} and ${mutated}`, () => {
      const texts = textsBetween(original, mutated);
      const pattern = (source: string) => new RegExp(source.slice(1, source.lastIndexOf('/')), source.slice(source.lastIndexOf('/') + 1));
      assert.ok(texts.length > 0);
      for (const text of texts)
        assert.notDeepEqual(pattern(original).exec(text)?.[0], pattern(mutated).exec(text)?.[0] ?? undefined, JSON.stringify(text));
    });
  }

  it('are none where one is no pattern', () => assert.deepEqual(textsBetween('/a/', '/(/'), []));
});
