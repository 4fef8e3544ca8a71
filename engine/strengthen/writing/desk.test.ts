import assert from 'node:assert/strict';
import type { ResolvedMutant } from '../../mutation/index.ts';
import { SyntaxTree } from '../../syntax/index.ts';
import type { Difference } from '../explorer/findings.ts';
import { encode, type Literal, NO_CLASS, OF_RESULTS } from '../literals.ts';
import type { Outcome, Step } from '../scenario.ts';
import { changed, WritingDesk } from './index.ts';

/** A test file, what was found, and the file with the test in it: lines with `+` are new. */
interface Case {
  name: string;
  file: string;
  steps: Step[];
  outcome: Outcome;
  mutated?: Outcome;
  test?: string;
}

const call = (path: string, ...args: unknown[]): Step => ({ call: { kind: 'function', path }, args: args.map(literal) });
const create = (path: string, ...args: unknown[]): Step => ({ call: { kind: 'new', path }, args: args.map(literal) });
const method = (of: number, name: string, ...args: unknown[]): Step => ({ call: { kind: 'method', of, name }, args: args.map(literal) });
const literal = (value: unknown): Literal => encode(value, OF_RESULTS);
const returns = (value: unknown): Outcome => ({ kind: 'returns', value: literal(value) });

function nodes(...items: Literal[]): Literal {
  return { $: 'instance', of: 'Document', entries: [['children', { $: 'array', items }]] };
}

const CASES: Case[] = [
  {
    name: 'in the suite of the test that made such calls, behind it',
    file: `import { expect, it } from 'vitest';
import { f } from './f';

describe('f', () => {
  it('adds', () => {
    expect(f(1, 2)).toBe(3);
  });
+
+  it('returns 0 for 0 and 0', () => {
+    expect(f(0, 0)).toBe(0);
+  });

  it('throws', () => {
    expect(() => f()).toThrow();
  });
});
`,
    steps: [call('f', 0, 0)],
    outcome: returns(0),
    test: 'f > adds',
  },
  {
    name: 'in double quotes, without semicolons, as it should, with tabs',
    file: `import { expect, test } from "vitest"
import { f } from "./f"

test("should add", () => {
	expect(f("a")).toBe("b")
})
+
+test('should return "" for f("c")', () => {
+	expect(f("c")).toBe("")
+})
`,
    steps: [call('f', 'c')],
    outcome: returns(''),
  },
  {
    name: 'in a file of ECMAScript 5, with nothing newer',
    file: `var assert = require('assert')
var Box = require('./box')

describe('Box', function () {
  it('holds', function () {
    assert.equal(new Box(1).get(), 1)
  })
+
+  it('throws for new Box(0).get()', function () {
+    var box = new Box(0)
+    assert.throws(function () { box.get() }, { message: 'Empty' })
+  })
})
`,
    steps: [create('Box', 0), method(0, 'get')],
    outcome: { kind: 'throws', value: literal(new Error('Empty')) },
    mutated: { kind: 'throws', value: literal(new Error('Full')) },
    test: 'Box holds',
  },
  {
    name: "with the context's assertions, where a test of node:test asserts in a way of its own",
    file: `const { test } = require('node:test')
const { tspl } = require('@matteo.collina/tspl')
const { f } = require('./f')

test('adds', t => {
  const { strictEqual } = tspl(t, { plan: 1 })
  strictEqual(f(1, 2), 3)
})
+
+test('returns 0 for f(0, 0)', (t) => {
+  t.assert.strictEqual(f(0, 0), 0)
+})
`,
    steps: [call('f', 0, 0)],
    outcome: returns(0),
    test: 'adds',
  },
  {
    name: 'says what is not there, by its name in quotes',
    file: `import { expect, it } from 'vitest';
import { f } from './f';

it('reads', () => {
  expect(f('a=1').a).toBe(1);
});
+
+it("returns ['b c'] undefined for f('b c')", () => {
+  expect(f('b c')['b c']).toBeUndefined();
+});
`,
    steps: [call('f', 'b c')],
    outcome: { kind: 'returns', value: { $: 'instance', of: 'Nothing', entries: [] } },
    mutated: { kind: 'returns', value: { $: 'instance', of: 'Nothing', entries: [['b c', '']] } },
    test: 'reads',
  },
  {
    name: 'says all of what has no prototype, where the assertion looks at none',
    file: `import { expect, it } from 'vitest';
import { parse } from './parse';

it('reads', () => {
  expect(parse('a=1').a).toBe(1);
});
+
+it("returns { 'b c': '' } for parse('b c=')", () => {
+  expect(parse('b c=')).toEqual({ 'b c': '' });
+});
`,
    steps: [call('parse', 'b c=')],
    outcome: { kind: 'returns', value: { $: 'instance', of: NO_CLASS, entries: [['b c', '']] } },
    mutated: { kind: 'returns', value: { $: 'instance', of: NO_CLASS, entries: [] } },
    test: 'reads',
  },
  {
    name: 'says a part of what has no prototype, where the assertion looks at it',
    file: `const assert = require('node:assert/strict');
const { parse } = require('./parse');

it('reads', () => {
  assert.equal(parse('a=1').a, 1);
});
+
+it("returns ['b c'] '' for parse('b c=')", () => {
+  assert.equal(parse('b c=')['b c'], '');
+});
`,
    steps: [call('parse', 'b c=')],
    outcome: { kind: 'returns', value: { $: 'instance', of: NO_CLASS, entries: [['b c', '']] } },
    mutated: { kind: 'returns', value: { $: 'instance', of: NO_CLASS, entries: [] } },
    test: 'reads',
  },
  {
    name: 'by what wants something true, where that is all that there is',
    file: `import { assert } from 'simple-assert';
import { f } from './f.js';

it('holds', function () {
  assert(f(1, 1), 'f(1, 1)');
});
+
+it('returns false for f(1, 2)', function () {
+  assert(f(1, 2) === false);
+});
`,
    steps: [call('f', 1, 2)],
    outcome: returns(false),
    test: 'holds',
  },
  {
    name: 'what it leaves alone in its argument',
    file: `import { expect, it } from 'vitest';
import { fill } from './f';

it('fills', () => {
  expect(fill([], 9)).toBe(undefined);
});
+
+it('leaves what it is given for fill([], 3)', () => {
+  const input = [];
+  fill(input, 3);
+  expect(input).toEqual([]);
+});
`,
    steps: [call('fill', [], 3)],
    outcome: { kind: 'returns', value: literal(undefined) },
    mutated: { kind: 'returns', value: literal(undefined), args: [literal([3]), literal(3)] },
    test: 'fills',
  },
  {
    name: 'behind a loop whose tests made such calls',
    file: `const assert = require('assert');
const { f } = require('./f');

describe('f', function () {
  for (const n of [1, 2]) {
    it('takes ' + n, function () {
      assert.equal(f(n), n);
    });
  }
+
+  it('returns 3 for 3', function () {
+    assert.equal(f(3), 3);
+  });
});
`,
    steps: [call('f', 3)],
    outcome: returns(3),
    test: 'f takes 1',
  },
  {
    name: 'strictly where a loose assertion would see no difference',
    file: `const assert = require('assert');
const { f } = require('./f');

it('takes', function () {
  assert.equal(f(1), 1);
});
+
+it('returns 0 for f(0)', function () {
+  assert.strictEqual(f(0), 0);
+});
`,
    steps: [call('f', 0)],
    outcome: returns(0),
    mutated: returns(false),
  },
  {
    name: 'with Chai, an object by its value',
    file: `import { expect } from 'chai';
import * as lib from '../lib.js';

it('makes', () => {
  expect(lib.make(1)).to.deep.equal({ a: 1 });
});
+
+it('returns an object for lib.make(2)', () => {
+  expect(lib.make(2)).to.deep.equal({ a: 2, b: [undefined, 'x'] });
+});
`,
    steps: [call('lib.make', 2)],
    outcome: returns({ a: 2, b: [undefined, 'x'] }),
  },
  {
    name: 'close to what a float is, with Chai',
    file: `import { expect } from 'chai';
import * as lib from '../lib.js';

it('makes', () => {
  expect(lib.make(1)).to.equal(1);
});
+
+it('returns about 0.3 for lib.make(2)', () => {
+  expect(lib.make(2)).to.be.closeTo(0.3, 0.00001);
+});
`,
    steps: [call('lib.make', 2)],
    outcome: returns(0.1 + 0.2),
    mutated: returns(0.2),
  },
  {
    name: 'with a title that says the beginning of what is long',
    file: `import { expect, it } from 'vitest';
import { f } from './f';

it('adds', () => {
  expect(f('a')).toBe(3);
});
+
+it("returns 2 for f('The quick brown fox…', 3)", () => {
+  expect(f('The quick brown fox jumps over the lazy dog and does not look back', 3)).toBe(2);
+});
`,
    steps: [call('f', 'The quick brown fox jumps over the lazy dog and does not look back', 3)],
    outcome: returns(2),
  },
  {
    name: 'where the test function is required, or only declared',
    file: `const { it } = require('node:test');
const assert = require('node:assert');
const { f } = require('./f');
declare const test: (title: string, run: () => void) => void;

it('adds', () => {
  assert.strictEqual(f(1), 1);
});
+
+it('returns 2 for f(2)', () => {
+  assert.strictEqual(f(2), 2);
+});
`,
    steps: [call('f', 2)],
    outcome: returns(2),
  },
  {
    name: 'behind everything where functions of the file make its tests',
    file: `import { f } from './f'

const test = (func: (n: number) => number) =>
  it.each([[0, 0]])('f(%i) = %i', (n, expected) => expect(func(n)).toBe(expected))
describe('f', () => test(f))
+
+it('returns 2 for f(2)', () => {
+  expect(f(2)).toBe(2)
+})
`,
    steps: [call('f', 2)],
    outcome: returns(2),
  },
  {
    name: 'as a float is, where there are no words for what it is close to',
    file: `import assert from 'node:assert/strict';
import { f } from './f';

it('adds', () => {
  assert.equal(f(1), 1);
});
+
+it('returns 0.30000000000000004 for f(2)', () => {
+  assert.equal(f(2), 0.30000000000000004);
+});
`,
    steps: [call('f', 2)],
    outcome: returns(0.1 + 0.2),
    mutated: returns(0.2),
  },
  {
    name: 'with objects that calls make and change',
    file: `import { expect, it } from 'vitest';
import { Cart } from './cart';

describe('Cart', () => {
  it('is empty', () => {
    expect(new Cart().total()).toBe(0);
  });
+
+  it('returns 3 for cart.total()', () => {
+    const cart = new Cart('EUR');
+    cart.add(3);
+    expect(cart.total()).toBe(3);
+  });
});
`,
    steps: [create('Cart', 'EUR'), method(0, 'add', 3), method(0, 'total')],
    outcome: returns(3),
  },
  {
    name: 'that it throws, and what it says',
    file: `import { expect, it } from 'vitest';
import { f } from './f';

it('throws', () => {
  expect(() => f(1)).toThrow();
});
+
+it('throws for f(-1)', () => {
+  expect(() => f(-1)).toThrow('no negative numbers');
+});
`,
    steps: [call('f', -1)],
    outcome: { kind: 'throws', value: { $: 'error', name: 'RangeError', message: 'no negative numbers' } },
  },
  {
    name: 'what is waited for, on node:test',
    file: `import assert from 'node:assert/strict';
import { test } from 'node:test';
import { f } from './f.js';

test('waits', async () => {
  assert.equal(await f(1), 1);
});
+
+test('resolves to 2 for f(2)', async () => {
+  assert.equal(await f(2), 2);
+});
`,
    steps: [call('f', 2)],
    outcome: { kind: 'resolves', value: literal(2) },
  },
  {
    name: 'what it leaves in its argument',
    file: `import { expect, it } from 'vitest';
import { sort } from './sort';

it('sorts', () => {
  expect(sort([2, 1])).toEqual([1, 2]);
});
+
+it('changes what it is given for sort([2, 1])', () => {
+  const input = [2, 1];
+  sort(input);
+  expect(input).toEqual([1, 2]);
+});
`,
    steps: [call('sort', [2, 1])],
    outcome: { ...returns(undefined), args: [literal([1, 2])] },
    mutated: returns(undefined),
  },
  {
    name: 'of an object of a class, the part that differs',
    file: `import { expect, it } from 'vitest';
import { parse } from './parse';

it('parses', () => {
  expect(parse('a').path).toBe('a');
});
+
+it("returns path 'b' for parse('b')", () => {
+  expect(parse('b').path).toBe('b');
+});
`,
    steps: [call('parse', 'b')],
    outcome: {
      kind: 'returns',
      value: {
        $: 'instance',
        of: 'Url',
        entries: [
          ['path', 'b'],
          ['own', { $: 'opaque', what: 'a function' }],
        ],
      },
    },
    mutated: {
      kind: 'returns',
      value: {
        $: 'instance',
        of: 'Url',
        entries: [
          ['path', ''],
          ['own', { $: 'opaque', what: 'a function' }],
        ],
      },
    },
  },
  {
    name: 'of what an object can be asked, named after its class',
    file: `import { expect, it } from 'vitest';
import { $URL } from './url';

it('a', () => {
  expect(new $URL('a').path).toBe('a');
});
+
+it("returns '' for new $URL('b').origin", () => {
+  const url = new $URL('b');
+  expect(url.origin).toBe('');
+});
`,
    steps: [create('$URL', 'b'), { call: { kind: 'get', of: 0, name: 'origin' }, args: [] }],
    outcome: returns(''),
  },
  {
    name: 'of a getter without saying how its object was made, where that is long',
    file: `import { expect, it } from 'vitest';
import { Route } from './route';

it('a', () => {
  expect(new Route('a').path).toBe('a');
});
+
+it("returns 'a long text to look at' for pathWithAllOfItsParametersDecoded", () => {
+  const route = new Route('a long text to look at');
+  expect(route.pathWithAllOfItsParametersDecoded).toBe('a long text to look at');
+});
`,
    steps: [create('Route', 'a long text to look at'), { call: { kind: 'get', of: 0, name: 'pathWithAllOfItsParametersDecoded' }, args: [] }],
    outcome: returns('a long text to look at'),
  },
  {
    name: 'of what is left of something, of which a part is given',
    file: `import { expect, it } from 'vitest';
import { parse, remove } from './nodes';

it('a', () => {
  expect(parse('a').children.length).toBe(1);
});
+
+it('changes what it is given for remove(document.children[0])', () => {
+  const document = parseDocument('a');
+  remove(document.children[0]);
+  expect(document.children).toEqual([]);
+});
`,
    steps: [call('parseDocument', 'a'), { call: { kind: 'function', path: 'remove' }, args: [{ $: 'step', step: 0, path: '.children[0]' }] }],
    outcome: { ...returns(undefined), around: [{ step: 0, value: nodes() }] },
    mutated: { ...returns(undefined), around: [{ step: 0, value: nodes({ $: 'instance', of: 'Text', entries: [] }) }] },
  },
  {
    name: 'with line ends of Windows',
    file: "import { expect, it } from 'vitest';\nimport { f } from './f';\nit('a', () => {\n  expect(f(1)).toBe(1);\n});\n+it('returns NaN for f(2)', () => {\n+  expect(f(2)).toBeNaN();\n+});\nit('b', () => {});\n".replaceAll(
      '\n',
      '\r\n',
    ),
    steps: [call('f', 2)],
    outcome: returns(Number.NaN),
    test: 'a',
  },
];

describe('tests written as those of their file', () => {
  for (const { name, file, steps, outcome, mutated = returns('another'), test = '' } of CASES) {
    it(name, async () => {
      const lines = file.split('\n');
      const before = lines.filter((line) => !line.startsWith('+')).join('\n');
      const desk = new WritingDesk(await SyntaxTree.parse('typescript', before));
      const difference: Difference = {
        mutant: 0,
        scenario: { steps },
        outcome,
        mutated,
        test,
        observed: false,
        unused: [],
        kills: [0],
        also: [],
        tries: 1,
      };
      assert.equal(desk.write(difference, [{ id: 'm' } as ResolvedMutant]), undefined);
      assert.equal(desk.fitting.text(), lines.map((line) => line.replace(/^\+/, '')).join('\n'));
      desk.hear({ kind: 'proof', title: desk.unproved[0]?.title ?? '', passed: 10, killed: [0] });
      assert.deepEqual(desk.settle(10), []);
      const text = desk.fitting.text();
      const { proposals, changes } = desk.conclude('a.test.ts');
      assert.equal(proposals.length, 1);
      assert.equal(changed(before, changes), text);
    });
  }

  /** What was found where `f(2)` comes to 2, and to 3 with the mutant. */
  const difference: Difference = {
    mutant: 0,
    scenario: { steps: [call('f', 2)] },
    outcome: returns(2),
    mutated: returns(3),
    test: 'a',
    observed: false,
    unused: [],
    kills: [0],
    also: [],
    tries: 1,
  };
  const deskWith = async (assertion: string) =>
    new WritingDesk(
      await SyntaxTree.parse('typescript', `import { expect, it } from 'vitest';\nimport { f } from './f';\nit('a', () => {\n  ${assertion};\n});\n`),
    );

  for (const [name, proof, complaints, why] of [
    ['do not pass each time', { passed: 9, killed: [0], why: 'expected 1' }, [], 'it does not pass: expected 1'],
    ['do not notice the mutant', { passed: 10, killed: [] }, [], 'it passes with the mutant as well'],
    ['a tool of the project refuses', { passed: 10, killed: [0] }, ['TypeScript: no number'], 'TypeScript: no number'],
  ] as const) {
    it(`that ${name} are not proposed`, async () => {
      const desk = await deskWith('expect(f(1)).toBe(1)');
      desk.write(difference, [{ id: 'm' } as ResolvedMutant]);
      desk.hear({ kind: 'proof', title: desk.unproved[0]?.title ?? '', ...proof, killed: [...proof.killed] });
      let asked = '';
      await desk.fitting.check('a.test.ts', {
        check: async (_, text, [stretch]) => {
          asked = text.slice(stretch?.start, stretch?.end).trim();
          return [{ complaints: [...complaints] }];
        },
      });
      assert.equal(asked, "it('returns 2 for f(2)', () => {\n  expect(f(2)).toBe(2);\n});");
      assert.deepEqual(
        desk.settle(10).map((one) => one.why),
        [`of the test that was written, ${why}`],
      );
      assert.equal(desk.conclude('a.test.ts').proposals.length, 0);
    });
  }

  it('that stood the proof may stand it for other mutants, too', async () => {
    const desk = await deskWith('expect(f(1)).toBe(1)');
    const prove = (killed: number[]) => {
      desk.hear({ kind: 'proof', title: desk.unproved[0]?.title ?? '', passed: 10, killed });
      return desk.settle(10).map(({ mutant }) => mutant.id);
    };
    const write = (...ids: string[]) =>
      desk.write(
        difference,
        ids.map((id) => ({ id }) as ResolvedMutant),
      );
    assert.equal(desk.holds(difference), false);
    write('m');
    prove([0]);
    assert.equal(desk.holds(difference), true);
    write('n', 'o');
    assert.deepEqual(prove([0, 2]), ['n']);
    assert.deepEqual(
      desk.conclude('a.test.ts').proposals.map(({ mutants }) => mutants.map(({ id }) => id)),
      [['m', 'o']],
    );
  });

  it('that only types have something against are written as they want them, once', async () => {
    const desk = await deskWith('expect(f(1)).toBe(1)');
    desk.write(difference, [{ id: 'm' } as ResolvedMutant]);
    const title = desk.unproved[0]?.title ?? '';
    const check = async (text: string, complaints: string[]) => ({
      complaints,
      mended: { text, names: [{ name: 'Kind', from: './f', isType: false }] },
    });
    const mended = "it('returns 2 for f(2)', () => { expect(f(Kind.Two)).toBe(2); });";
    const fitted = (complaints: string[]) =>
      desk.fitting.fit('a.test.ts', { check: async (_, __, stretches) => Promise.all(stretches.map(() => check(mended, complaints))) });
    assert.equal(await fitted(['TypeScript: no Kind']), true);
    assert.ok(desk.fitting.text().includes(mended) && desk.fitting.text().includes("import { f, Kind } from './f';"), desk.fitting.text());
    assert.equal(await fitted(['TypeScript: still none']), false);
    desk.hear({ kind: 'proof', title, passed: 10, killed: [0] });
    assert.deepEqual(
      desk.settle(10).map(({ why }) => why),
      ['of the test that was written, TypeScript: still none'],
    );
  });

  describe('of one function, in a file that has tests with tables,', () => {
    const before = `import { expect, it } from 'vitest';
import { f } from './f';

describe('f', () => {
  it.each([[1, 1]])('f(%j) is %j', (a, b) => {
    expect(f(a)).toBe(b);
  });
});
`;
    const written = async () => {
      const desk = new WritingDesk(await SyntaxTree.parse('typescript', before));
      for (const [n, id] of [2, 3].entries()) {
        const one = { ...difference, scenario: { steps: [call('f', id)] }, outcome: returns(id * n), mutated: returns(9) };
        desk.write(one, [{ id: `m${id}` } as ResolvedMutant]);
      }
      for (const { title } of desk.unproved) desk.hear({ kind: 'proof', title, passed: 10, killed: [0] });
      desk.settle(10);
      return desk;
    };

    it('are one test with a table', async () => {
      const desk = await written();
      assert.ok(desk.tabulate(new Map([['f', ['value']]])));
      assert.equal(
        desk.fitting.text(),
        before.replace(
          '  });\n});\n',
          '  });\n\n  it.each([\n    [2, 0],\n    [3, 3]\n  ])("f(%j) returns %j", (value, expected) => {\n    expect(f(value)).toBe(expected);\n  });\n});\n'.replaceAll(
            '"',
            "'",
          ),
        ),
      );
      const [{ title, table }] = desk.unproved as [(typeof desk.unproved)[number]];
      assert.match('f f(3) returns 3', new RegExp(` ${table?.pattern}$`));
      desk.hear({ kind: 'proof', title, passed: 10, killed: [0, 1] });
      assert.deepEqual(desk.settle(10), []);
      assert.deepEqual(
        desk.conclude('f.test.ts').proposals.map((one) => one.table?.rows),
        [2],
      );
    });

    it('stay as they are where it does not stand', async () => {
      const desk = await written();
      const separate = desk.fitting.text();
      assert.ok(desk.tabulate(new Map([['f', ['value']]])));
      assert.deepEqual(desk.settle(10), []);
      assert.equal(desk.fitting.text(), separate);
      assert.deepEqual(desk.unproved, []);
    });
  });

  it('are written as the formatter of the project has it', async () => {
    const desk = await deskWith('expect(f(1)).toBe(1)');
    desk.write(difference, []);
    await desk.fitting.tidy('a.test.ts', {
      tidy: async (_, text, { start, end }) => text.slice(0, start) + text.slice(start, end).replaceAll("'", '"') + text.slice(end),
    });
    assert.ok(
      desk.fitting.text().endsWith('  expect(f(1)).toBe(1);\n});\nit("returns 2 for f(2)", () => {\n  expect(f(2)).toBe(2);\n});\n'),
      desk.fitting.text(),
    );
  });

  it('are not written where a file asserts in no way that is known', async () => {
    assert.equal((await deskWith('check(f(1))')).write(difference, []), 'its test file asserts in no way that is known');
  });
});
