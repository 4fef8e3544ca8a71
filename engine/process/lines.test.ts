import assert from 'node:assert/strict';
import { LineCutter } from './lines.ts';

const bytes = (text: string) => new TextEncoder().encode(text);

/** What comes, piece by piece, and which lines that is where none may be longer than 5 characters. */
const CASES: { name: string; pieces: Uint8Array[]; expected: string[] }[] = [
  { name: 'nothing', pieces: [], expected: [] },
  { name: 'lines in one piece', pieces: [bytes('a\n\nb\n')], expected: ['a', '', 'b'] },
  { name: 'a line in several pieces', pieces: [bytes('a'), bytes('b'), bytes('\nc')], expected: ['ab', 'c'] },
  { name: "Windows' ends of lines", pieces: [bytes('a\r'), bytes('\nb\r\n'), bytes('c\rd')], expected: ['a', 'b', 'c\rd'] },
  { name: 'a character in two pieces', pieces: [bytes('é').subarray(0, 1), bytes('é').subarray(1), bytes('\n')], expected: ['é'] },
  {
    name: 'a line that is too long',
    pieces: [bytes('123'), bytes('456'), bytes('78\n12345\n')],
    expected: ['12345 … and 3 characters more', '12345'],
  },
  { name: 'a line that does not end', pieces: [bytes('1234567'), bytes('8')], expected: ['12345 … and 3 characters more'] },
];

describe('cutting what a command says into lines', () => {
  for (const { name, pieces, expected } of CASES)
    it(name, () => {
      const cutter = new LineCutter(5);
      assert.deepEqual([...pieces.flatMap((piece) => cutter.cut(piece)), ...cutter.end()], expected);
    });
});
