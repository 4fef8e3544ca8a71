import assert from 'node:assert/strict';
import type { Check, Verification } from '../engine/mutation/index.ts';
import { printVerification } from './check-verdicts.ts';

const verdict: Check['verdict'] = {
  id: '1',
  file: '/work/src/a.ts',
  range: { start: { line: 4, column: 9 }, end: { line: 4, column: 14 } },
  mutator: 'EqualityOperator',
  original: 'a < b',
  replacement: 'a <= b',
  static: false,
  status: 'Survived',
  coveredBy: [],
  killedBy: [],
};
const ran = (outcome: 'passed' | 'failed', ...tail: string[]) => ({ outcome, command: 'mocha --bail', tail, durationMs: 5 });
const right: Check = { verdict, result: 'right', runs: [ran('passed')] };

describe('what is printed of a verification', () => {
  it('is one line where all verdicts are right', () => {
    assert.equal(printed([right, right]), '\nverified 2 of 9: 2 right, 0 wrong (seed 7)\neach mutant written into a copy, and there: mocha --bail\n');
  });

  it('names each verdict that is wrong, with what the command said', () => {
    const wrong: Check = { verdict, result: 'wrong', runs: [ran('failed', 'before'), ran('failed', '1 failing', '  8 == 2')] };
    assert.equal(
      printed([right, wrong]),
      `
src/a.ts:5:10  No test notices when \`<\` becomes \`<=\`. EqualityOperator
    wrong: the verdict is Survived, the command failed, then failed
    mocha --bail
    | 1 failing
    |   8 == 2

verified 2 of 9: 1 right, 1 wrong (seed 7)
each mutant written into a copy, and there: mocha --bail
`,
    );
  });

  it('counts what is inconclusive and what could not be applied', () => {
    const unclear: Check = { verdict, result: 'inconclusive', runs: [ran('failed'), ran('passed')] };
    const unapplied: Check = { verdict, result: 'not-applied', runs: [], why: 'the text with it is no program' };
    const text = printed([unclear, unapplied]);
    assert.match(text, /inconclusive: the verdict is Survived, the command failed, then passed\n/);
    assert.match(text, /could not be applied: the verdict is Survived; the text with it is no program\n/);
    assert.match(text, /verified 2 of 9: 0 right, 0 wrong, 1 inconclusive, 1 could not be applied \(seed 7\)\n/);
  });
});

function printed(checks: Check[]): string {
  let text = '';
  const verification: Verification = { seed: 7, population: 9, checks, commands: ['mocha --bail'] };
  printVerification(verification, '/work', { write: (said: string) => (text += said) } as unknown as NodeJS.WriteStream);
  return text;
}
