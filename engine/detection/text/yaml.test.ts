import assert from 'node:assert/strict';
import { readYamlText } from './yaml.ts';

const VALUES: readonly [name: string, text: string, expected: unknown][] = [
  ['words that other versions take for truth values', 'on: push\nwatch: [yes, off, true, null]', { on: 'push', watch: ['yes', 'off', true, null] }],
  ['the last of two keys', 'a: 1\na: 2', { a: 2 }],
  ['aliases', 'x: &x [1]\ny: *x', { x: [1], y: [1] }],
  [
    'tags of a service',
    'script: !reference [.a, script]\nkey: !vault secret\nall: !x {a: 1}',
    { script: ['.a', 'script'], key: 'secret', all: { a: 1 } },
  ],
  ['templates', 'name: {{ x }}\n', { name: { '{"x":null}': null } }],
  [
    'brackets that close right below the key',
    'a:\n  b: [\n    1,\n  ]\n  c: {\n    d: [\n      2\n    ],\n  }\ne: |\n  }\n',
    { a: { b: [1], c: { d: [2] } }, e: '}\n' },
  ],
  ['brackets that close left of the key', 'a:\n  b: [\n    1\n]', { a: { b: [1] } }],
  ['the first of several documents', 'a: 1\n---\nb: 1', { a: 1 }],
  ['no mapping', '- a', undefined],
  ['nothing', '# a', undefined],
  ['a bracket that does not close', 'a: [1', undefined],
  ['a value that is in itself', 'a: &a [*a]', undefined],
  ['an alias of nothing', 'a: *b', undefined],
];

const TEXT = `# build
on: push
jobs:
  test: &anchor
    steps:
      - uses: a
      - run: |

          npm ci
          npm test
      - run: >-
          npm pack
      - {run: 'x',
         with: "y"}
  again: *anchor
  empty:
  last: !tag
    a: 1
`;
const LINES: readonly [keys: readonly (string | number)[], line: number][] = [
  [[], 2],
  [['on'], 2],
  [['jobs'], 4],
  [['jobs', 'test'], 5],
  [['jobs', 'test', 'steps', 0, 'uses'], 6],
  [['jobs', 'test', 'steps', 1], 7],
  [['jobs', 'test', 'steps', 1, 'run'], 7],
  [['jobs', 'test', 'steps', 2, 'run'], 11],
  [['jobs', 'test', 'steps', 3, 'with'], 14],
  [['jobs', 'test', 'steps', 9, 'run'], 6],
  [['jobs', 'again', 'steps', 0], 15],
  [['jobs', 'empty'], 16],
  [['jobs', 'last', 'a'], 18],
  [['none'], 2],
];

describe('YAML', () => {
  for (const [name, text, expected] of VALUES) it(`reads ${name}`, () => assert.deepEqual(readYamlText(text)?.value, expected));

  for (const [keys, line] of LINES) it(`says where ${keys.join('.') || 'all'} is`, () => assert.equal(readYamlText(TEXT)?.lineOf(keys), line));

  it('is read soon, however it is made', () => {
    const doubled = Array.from({ length: 60 }, (_, i) => `a${i + 1}: &a${i + 1} [*a${i}, *a${i}]`);
    assert.equal(readYamlText(`a0: &a0 [x]\n${doubled.join('\n')}`), undefined);
    assert.equal(readYamlText(`a: ${'['.repeat(100_000)}`), undefined);
    assert.equal(readYamlText('- '.repeat(100_000)), undefined);
    assert.equal(readYamlText(`a: [\n${'[\n]\n'.repeat(20_000)}`), undefined);
  }).timeout(5000);
});
