import assert from 'node:assert/strict';
import { readJsonText, tomlLine } from './documents.ts';

const JSON_TEXTS: readonly [name: string, text: string, expected: unknown][] = [
  ['comments', '{ // one\n "a": 1, /* two\n */ "b": [2] }', { a: 1, b: [2] }],
  ['a comma too many', '{"a": [1, 2, ], /* x */ }', { a: [1, 2] }],
  ['a comma too many in front of a comment', '{"a": [1, // x\n ]}', { a: [1] }],
  ['strings that look like comments', '{"a": "http://x", "b": "/* \\" ,] */",}', { a: 'http://x', b: '/* " ,] */' }],
  ['no object', '[1]', undefined],
  ['a string that does not end', '{"a": "b', undefined],
  ['a comment that does not end', '{"a": 1, /* ', undefined],
];

const TOML = 'a = 1\n[tool.poetry]\nname = "x"\n[[tool.list]]\nb = 1\n [ tool . "quoted" ] # c\n[x\n';
const TABLES: readonly [table: string, key: string | undefined, line: number][] = [
  ['', 'a', 1],
  ['tool.poetry', undefined, 2],
  ['tool.poetry', 'name', 3],
  ['tool', undefined, 2],
  ['tool.list', 'b', 5],
  ['tool.quoted', undefined, 6],
  ['none', undefined, 1],
];

describe('texts of a workspace', () => {
  for (const [name, text, expected] of JSON_TEXTS) it(`as JSON: ${name}`, () => assert.deepEqual(readJsonText(text), expected));

  for (const [table, key, line] of TABLES) it(`the line of ${table} ${key ?? ''} in TOML`, () => assert.equal(tomlLine(TOML, table, key), line));

  it('are read soon, however they are broken', () => {
    for (const piece of ['/*', '\\"', '"', ', ', '//'])
      for (const start of ['[', '{ x ', '']) assert.equal(readJsonText(start + piece.repeat(200_000)), undefined);
    assert.equal(tomlLine(`[${' '.repeat(20_000)}\n[a]`, 'a'), 2);
  }).timeout(5000);
});
