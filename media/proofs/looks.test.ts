import assert from 'node:assert/strict';
import { RUNG_NAMES as ENGINE_NAMES } from '../../engine/report/index.ts';
import { inShort, RUNG_NAMES, standing, VERDICTS } from './looks.ts';
import { countsOf, DAY, ladderOf, pointOf, proofOf } from './samples.ts';
import { barsOf, resultOf, sentenceOf } from './trend.ts';

describe('how proofs look', () => {
  it('rungs are called what the engine calls them, and each verdict has a shape', () => {
    assert.deepEqual(RUNG_NAMES, ENGINE_NAMES);
    assert.equal(new Set(Object.values(VERDICTS).map(({ icon }) => icon)).size, 4);
  });

  it('a badge tells what was counted', () => {
    assert.equal(inShort(proofOf('test', 'fails', { counts: countsOf({ passed: 1147, failed: 4, flaky: 1, skipped: 9 }) })), '1,147/1,152');
    assert.equal(inShort(proofOf('test', 'inconclusive', { counts: countsOf({}) })), 'no tests');
    assert.equal(inShort(proofOf('compile', 'fails', { errors: 1 })), '1 error');
    assert.equal(inShort(proofOf('compile', 'holds', { warnings: 3 })), '');
    assert.equal(inShort(proofOf('mutation', 'holds', { mutation: { killed: 78, survived: 22, noCoverage: 0, score: 78.9 } })), '78\u00a0%');
  });

  it('a project is as good as its worst rung', () => {
    assert.equal(standing(ladderOf('a', [])), 'none');
    assert.equal(standing(ladderOf('a', [proofOf('compile', 'holds'), proofOf('test', 'inconclusive')])), 'inconclusive');
    assert.equal(standing(ladderOf('a', [proofOf('compile', 'fails'), proofOf('test', 'holds')])), 'fails');
  });
});

describe('the runs of a rung', () => {
  const run = (verdict: 'holds' | 'fails', passed: number, failed: number) =>
    pointOf(proofOf('test', verdict, { counts: countsOf({ passed, failed }), at: DAY }));

  it('are bars as high as what passed, and never too low to be seen', () => {
    const bars = barsOf('test', [run('fails', 0, 8), run('fails', 6, 2), run('holds', 8, 0)]);
    assert.deepEqual(
      bars.map(({ height }) => height),
      [0.12, 0.75, 1],
    );
  });

  it('are told in a sentence', () => {
    const points = [run('fails', 6, 2), run('holds', 8, 0)];
    assert.match(sentenceOf('test', points), /^2 runs since .*: 1 held, 1 did not; from 6 of 8 passed to 8 of 8 passed$/);
    assert.equal(resultOf('compile', pointOf(proofOf('compile', 'fails', { errors: 1 }))), '1 error');
  });
});
