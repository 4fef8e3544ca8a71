import assert from 'node:assert/strict';
import { announcementOf, fractionOf } from './progress.ts';
import { progressOf } from './samples.ts';

describe('announcementOf', () => {
  it('changes with the phase and with each quarter only', () => {
    const said = [0, 1, 2, 3, 4, 8].map((judged) => announcementOf(progressOf({ judged })));
    assert.deepEqual(said, [
      'cart: judging mutants',
      'cart: judging mutants',
      'cart: 25 percent of the mutants judged',
      'cart: 25 percent of the mutants judged',
      'cart: 50 percent of the mutants judged',
      'cart: 100 percent of the mutants judged',
    ]);
    assert.equal(announcementOf(progressOf({ phase: 'dry-run', planned: 0 })), 'cart: running the tests once');
  });
});

describe('fractionOf', () => {
  it('is nothing while nothing is planned, and never more than all', () => {
    assert.equal(fractionOf(progressOf({ planned: 0, judged: 3 })), 0);
    assert.equal(fractionOf(progressOf({ judged: 9 })), 1);
  });
});
