import assert from 'node:assert/strict';
import generate from '@babel/generator';
import { Instrumenter } from '@stryker-mutator/instrumenter';
import { countCalls } from './calls.ts';
import { OTHER_MUTATORS } from './extreme.ts';

/** Code, and what stands in it for its arrow functions once they count their calls. */
const CASES: [code: string, ...counting: string[]][] = [
  ['export const half = (n) => n / 2;', 'n => (stryCov_9fa48("0 called"), n / 2)'],
  ['list.map(async (a) => a.b);', 'async a => (stryCov_9fa48("1 called"), a.b)'],
  ['const make = (a) => (b) => ({ a, b });', 'b => (stryCov_9fa48("1 called"), {', 'a => (stryCov_9fa48("0 called"), stryMutAct_9fa48("1")'],
  ['class A { f = () => 1 }', '() => (stryCov_9fa48("0 called"), 1)'],
  ['const f = () => { go() };'],
  ['const x = a ? b : (c, () => { go() });'],
];

describe('countCalls', () => {
  for (const [code, ...counting] of CASES) {
    it(code, async () => {
      const text = await instrumented(code);
      assert.deepEqual(
        counting.filter((one) => !text.includes(one)),
        [],
        text,
      );
      assert.equal(text.split(' called"').length - 1, counting.length, text);
    });
  }
});

async function instrumented(content: string): Promise<string> {
  const silent = new Proxy({}, { get: () => () => false });
  const print = ({ root }: { root: Parameters<typeof generate>[0] }) => {
    countCalls(root);
    return generate(root).code;
  };
  const instrumenter = new Instrumenter(silent as never, undefined, print as never);
  const options = { plugins: null, ignorers: [], excludedMutations: [...OTHER_MUTATORS], noHeader: true };
  const { files } = await instrumenter.instrument([{ name: 'a.js', content, mutate: true }], options as never);
  return files[0]?.content ?? '';
}
