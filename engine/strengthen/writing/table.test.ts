import assert from 'node:assert/strict';
import { SyntaxTree } from '../../syntax/index.ts';
import type { Difference } from '../explorer/findings.ts';
import { encode, type Literal, OF_RESULTS } from '../literals.ts';
import type { Outcome, Step } from '../scenario.ts';
import type { Draft } from './draft.ts';
import { type Place, placeAfter } from './place.ts';
import { type Style, styleOf } from './style.ts';
import { usesTables, withTables } from './table.ts';

const BEFORE = "import { expect, it } from 'vitest';\nit('a', () => {\n  expect(f(1)).toBe(1);\n});\n";
const literal = (value: unknown): Literal => encode(value, OF_RESULTS);
const call = (path: string, ...args: unknown[]): Step => ({ call: { kind: 'function', path }, args: args.map(literal) });
const returns = (value: unknown): Outcome => ({ kind: 'returns', value: literal(value) });

/** A test that was proved, of calls, what comes of the last one, and what comes of it with the mutant. */
function draft(steps: Step[], outcome: Outcome, mutated: Outcome = returns('another')): Draft {
  const fact: Difference = {
    mutant: 0,
    scenario: { steps },
    outcome,
    mutated,
    test: '',
    observed: false,
    unused: [],
    kills: [0],
    also: [],
    tries: 1,
  };
  const proof = { kind: 'proof', title: '', passed: 10, killed: [0] } as const;
  return {
    kind: 'test',
    title: '',
    mutants: [],
    outcomes: [outcome],
    changes: [],
    imports: [],
    complaints: [],
    confined: false,
    fact,
    proof: { ...proof, killed: [0] },
  };
}

/** What two tests say, and whether they become one with a table. */
const CASES: [name: string, one: Draft, other: Draft, isTable: boolean][] = [
  ['the same function', draft([call('f', 1)], returns(1)), draft([call('f', 2)], returns(2)), true],
  ['lists in and out', draft([call('f', [1])], returns([1])), draft([call('f', [])], returns([])), true],
  ['other functions', draft([call('f', 1)], returns(1)), draft([call('g', 2)], returns(2)), false],
  ['other numbers of arguments', draft([call('f', 1)], returns(1)), draft([call('f', 2, 3)], returns(2)), false],
  ['no arguments', draft([call('f')], returns(1)), draft([call('f')], returns(2)), false],
  ['values that are compared in other ways', draft([call('f', 1)], returns(1)), draft([call('f', 2)], returns([2])), false],
  ['what throws', draft([call('f', 1)], returns(1)), draft([call('f', 2)], { kind: 'throws', value: literal(new Error('no')) }), false],
  ['what changes its argument', draft([call('f', 1)], returns(1)), draft([call('f', [2])], { ...returns(2), args: [literal([])] }), false],
  ['floats that come close', draft([call('f', 1)], returns(1)), draft([call('f', 2)], returns(0.1 + 0.2)), false],
  ['several calls', draft([call('f', 1)], returns(1)), draft([call('g'), call('f', 2)], returns(2)), false],
  ['functions as arguments', draft([call('f', 1)], returns(1)), draft([call('f', () => 1)], returns(2)), false],
  [
    'objects',
    draft([{ call: { kind: 'new', path: 'f' }, args: [1] }], returns(1)),
    draft([{ call: { kind: 'new', path: 'f' }, args: [2] }], returns(2)),
    false,
  ],
];

describe('tests with tables', () => {
  let place: Place;
  let style: Style;
  before(async () => {
    const tree = await SyntaxTree.parse('typescript', BEFORE);
    place = placeAfter(tree.tree, BEFORE, '') as Place;
    style = styleOf(tree.tree, BEFORE) as Style;
    assert.equal(usesTables(tree.tree), false);
    tree.dispose();
  });
  const together = (drafts: Draft[], taken: string[] = [], parameters: string[] = []) =>
    withTables(drafts, () => place, style, new Set(taken), new Map([['f', parameters]]));

  for (const [name, one, other, isTable] of CASES) {
    it(`${isTable ? 'are made' : 'are not made'} of ${name}`, () => {
      const written = together([one, other]);
      assert.equal(written.length, isTable ? 1 : 2);
      assert.deepEqual(written.length === 1 ? written[0]?.table?.rows : written, [one, other]);
    });
  }

  it('are not made of what was not proved, and of one test', () => {
    const [one, other] = [draft([call('f', 1)], returns(1)), draft([call('f', 2)], returns(2))];
    delete other.proof;
    assert.deepEqual(together([one, other]), [one, other]);
  });

  it('stand where the first of their rows stood', () => {
    const others = [draft([call('g', 1)], returns(1)), draft([call('h', 1)], returns(1))] as [Draft, Draft];
    const written = together([others[0], draft([call('f', 1)], returns(1)), others[1], draft([call('f', 2)], returns(2))]);
    assert.deepEqual([written[0], written[2]], others);
    assert.equal(written[1]?.table?.rows.length, 2);
  });

  for (const [taken, parameters, names] of [
    [[], ['a', 'b'], '(a, b, expected) =>'],
    [[], ['a'], '(a, input2, expected) =>'],
    [['a'], ['a', 'b'], '(input1, input2, expected) =>'],
    [[], ['expected', 'b'], '(input1, input2, expected) =>'],
  ] as const) {
    it(`have columns ${names} where parameters are ${parameters} and names taken ${taken}`, () => {
      const written = together([draft([call('f', 1, 2)], returns(1)), draft([call('f', 3, 4)], returns(2))], [...taken], [...parameters]);
      assert.ok(written[0]?.changes[0]?.text.includes(names), written[0]?.changes[0]?.text);
    });
  }

  it('are not made where their names are taken', () => {
    assert.equal(together([draft([call('f', 1)], returns(1)), draft([call('f', 2)], returns(2))], ['expected']).length, 2);
  });

  it('know the titles of their runs from others', () => {
    const [{ table }] = together([draft([call('ns.f', 1)], returns(1)), draft([call('ns.f', 2)], returns(2))]) as [Draft];
    const isRun = (name: string) => new RegExp(`^${table?.pattern}$`, 's').test(name);
    assert.ok(isRun('ns.f(1) returns "a\nb"'));
    for (const other of ['ns.g(1) returns 1', 'nsxf(1) returns 1', 'ns.f1 returns 1', 'something else']) assert.ok(!isRun(other), other);
  });
});
