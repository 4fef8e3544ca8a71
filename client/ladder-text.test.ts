import assert from 'node:assert/strict';
import { countsOf, proofOf, ladderOf as sample } from '../media/proofs/samples.ts';
import { ladderOf, statusParts } from './ladder-text.ts';

const PROVED = sample('shop', [
  proofOf('compile', 'holds', { summary: 'It compiles' }),
  proofOf('test', 'fails', { counts: countsOf({ passed: 147, failed: 5, skipped: 3 }), summary: '147 of 152 tests pass, 3 skipped' }),
  proofOf('mutation', 'holds', { mutation: { killed: 78, survived: 22, noCoverage: 0, score: 78.6 } }),
]);

describe('the ladder in the status bar', () => {
  const texts = (...args: Parameters<typeof statusParts>) => statusParts(...args).map(({ text }) => text);

  it('tells each rung that was proved', () => {
    assert.deepEqual(texts(PROVED, null), ['Compiled $(check)', '147/152 tests $(x)', 'mutation 78 %']);
    assert.deepEqual(texts(sample('new', []), null), []);
    assert.deepEqual(texts(sample('x', [proofOf('compile', 'fails'), proofOf('test', 'inconclusive')]), null), [
      'Not compiled $(x)',
      'Tests $(question)',
    ]);
  });

  it('tells how far it is while it runs', () => {
    const progress = {
      run: 1,
      name: 'shop',
      command: 'npm test',
      text: '12 of 13 tests pass',
      counts: countsOf({ passed: 12, failed: 1 }),
      ended: false,
    };
    const [, running] = statusParts(PROVED, { ...progress, project: PROVED.id, rung: 'test' });
    assert.deepEqual(running, { rung: 'test', text: '$(loading~spin) Testing 12/13', sentence: 'Testing: npm test, 12 of 13 tests pass' });
    assert.deepEqual(texts(PROVED, { ...progress, project: 'another', rung: 'test' }).length, 3);
  });

  it('is that of the project of the active file, the innermost; else of the one that was proved last', () => {
    const inner = { ...sample('inner', [proofOf('test', 'holds', { at: 5 })]), uri: 'file:///shop/inner' };
    const outer = { ...PROVED, uri: 'file:///shop' };
    const all = [outer, inner, sample('shop-other', [proofOf('test', 'holds', { at: Date.UTC(2030, 1, 1) })])];
    assert.equal(ladderOf(all, 'file:///shop/inner/a.ts'), inner);
    assert.equal(ladderOf(all, 'file:///shop/src/a.ts'), outer);
    assert.equal(ladderOf(all, undefined)?.name, 'shop-other');
    assert.equal(ladderOf([], undefined), undefined);
  });
});
