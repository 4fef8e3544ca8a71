import assert from 'node:assert/strict';
import { applyMutant } from './apply.ts';

/** The code with the mutated part in «», what the verdict says stood there, the replacement, and the text with the mutant. */
const CASES: [code: string, original: string, replacement: string, expected: string | undefined][] = [
  ['if («a < b») c();', 'a < b', 'true', 'if (true) c();'],
  ['one();\nif (x) «{\n  two();\n}»\n', '{\n  two();\n}', '{}', 'one();\nif (x) {}\n'],
  ['one();\r\nif (x) «{\r\n  two();\r\n}»\r\n', '{\n  two();\n}', '{}', 'one();\r\nif (x) {}\r\n'],
  ['«a»', 'a', 'b', 'b'],
  ["const a = «'ü💥'» + b;", "'ü💥'", '""', 'const a = "" + b;'],
  ["const a = '$&' + «b»;", 'b', "'$&'", "const a = '$&' + '$&';"],
  ['if («a <= b») c();', 'a < b', 'true', undefined],
];

describe('writing a mutant into a text', () => {
  for (const [code, original, replacement, expected] of CASES) {
    it(`${JSON.stringify(code)} with ${replacement}`, () => {
      const [before = '', mutated = ''] = code.split(/[«»]/);
      const range = { start: position(before), end: position(before + mutated) };
      assert.equal(applyMutant(code.replace(/[«»]/g, ''), { range, original, replacement }), expected);
    });
  }

  it('refuses a place that the text no longer has', () => {
    const range = { start: { line: 9, column: 0 }, end: { line: 9, column: 5 } };
    assert.equal(applyMutant('a < b;', { range, original: 'a < b', replacement: 'true' }), undefined);
  });
});

function position(before: string) {
  const lines = before.split(/\r\n|\n/);
  return { line: lines.length - 1, column: lines.at(-1)?.length ?? 0 };
}
