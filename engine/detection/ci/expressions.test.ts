import assert from 'node:assert/strict';
import { evaluated } from './expressions.ts';

const CONTEXTS = { matrix: { node: 22, os: 'ubuntu-latest', suites: ['a', 'b'] }, env: { CARGO: 'cargo' }, inputs: { extra: "it's" } };
const CASES: readonly [text: string, expected: string][] = [
  ['node ${{ matrix.node }}', 'node 22'],
  ['${{env.CARGO}} test', 'cargo test'],
  ["${{ matrix.os == 'Ubuntu-Latest' && 'yes' || 'no' }}", 'yes'],
  ["${{ matrix.node != 22 && 'yes' || 'no' }}", 'no'],
  ["${{ matrix.os == 'macOS' && matrix.node < 24 && '-x' || '' }}", ''],
  ["${{ matrix.node < 24 && matrix.node >= 22 && 'old' || 'new' }}", 'old'],
  ["${{ startsWith(matrix.os, 'ubuntu') && format('{0}-{1}', matrix.os, 'x') }}", 'ubuntu-latest-x'],
  ["${{ contains(matrix.suites, 'b') }}", 'true'],
  ["${{ inputs['extra'] }}", "it's"],
  ['${{ fromJSON(\'{"a": 3}\').a }}', ''],
  ['${{ secrets.TOKEN }}', ''],
  ["${{ secrets.TOKEN || 'none' }}", 'none'],
  ['${{ !(((( }}', ''],
  ['${{ hashFiles( }}', ''],
  ['plain $HOME', 'plain $HOME'],
];

describe('expressions of workflows', () => {
  for (const [text, expected] of CASES) it(`evaluates ${text}`, () => assert.equal(evaluated(text, CONTEXTS), expected));

  it('ends soon on what does not end', () => {
    for (const text of ['${{'.repeat(200_000), `\${{ ${'!'.repeat(100_001)}true }}`]) assert.ok(evaluated(text, {}));
    const grown = Array.from({ length: 40 }).reduce<string>((inner) => `format('{0}{0}', ${inner})`, "'x'");
    assert.equal(evaluated(`\${{ ${grown} }}`, {}), '');
  }).timeout(5000);

  it('ends on what is nested without end', () => assert.equal(evaluated(`\${{ ${'('.repeat(10_000)} }}`, {}), ''));
});
