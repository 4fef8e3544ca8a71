import assert from 'node:assert/strict';
import type { Ladder, ToProofsView } from '../../server/protocol.ts';
import { type Action, update } from './reducer.ts';
import { countsOf, DAY, detailOf, ladderOf, proofOf } from './samples.ts';
import { initialState, isOpen, isRungOpen, mementoOf, restore, type State } from './state.ts';

const FAILS = proofOf('test', 'fails', { counts: countsOf({ passed: 4, failed: 1 }), summary: '4 of 5 tests pass' });
const many = (n: number, failing: number): Ladder[] =>
  Array.from({ length: n }, (_, i) =>
    ladderOf(`p${i}`, [i === failing ? { ...FAILS, id: `test-${i}` } : proofOf('test', 'holds', { id: `test-${i}` })]),
  );

describe('the view of the proofs', () => {
  const told = (ladders: Ladder[], more: Partial<Extract<ToProofsView, { kind: 'ladders' }>> = {}): Action => ({
    kind: 'received',
    now: DAY,
    message: { kind: 'ladders', ladders, trusted: true, level: 'test', ...more },
  });
  const after = (...actions: Action[]): { state: State; messages: unknown[] } => {
    let state = initialState(0);
    const messages: unknown[] = [];
    for (const action of actions) {
      const updated = update(state, action);
      state = updated.state;
      messages.push(...updated.messages);
    }
    return { state, messages };
  };

  it('opens what fails, and asks once for what its proof found', () => {
    const ladder = ladderOf('shop', [proofOf('compile', 'holds'), FAILS]);
    const { state, messages } = after(told([ladder]), told([ladder]));
    assert.deepEqual(
      ladder.steps.map((step) => isRungOpen(state, ladder, step)),
      [false, true, false, false],
    );
    assert.deepEqual(messages, [{ kind: 'loadProof', project: ladder.id, proof: FAILS.id }]);
    assert.equal(state.details[FAILS.id], 'loading');
  });

  it('opens few projects all, and of many the first that fails', () => {
    const few = many(3, 9);
    assert.ok(few.every((one) => isOpen(after(told(few)).state, one)));
    const all = many(20, 7);
    const { state, messages } = after(told(all));
    assert.deepEqual(
      all.filter((one) => isOpen(state, one)).map(({ name }) => name),
      ['p7'],
    );
    assert.equal(messages.length, 1);
  });

  it('keeps what a person opened and closed, over new proofs and a reload', () => {
    const ladder = ladderOf('shop', [FAILS]);
    const { state } = after(
      told([ladder]),
      { kind: 'toggle', key: `${ladder.id} test`, open: false },
      { kind: 'toggle', key: `${ladder.id} compile`, open: true },
    );
    const again = update(restore(JSON.parse(JSON.stringify(mementoOf(state, 120))), 0).state, told([ladder])).state;
    assert.deepEqual(
      ladder.steps.map((step) => isRungOpen(again, ladder, step)),
      [true, false, false, false],
    );
    assert.equal(restore({ version: 0, scroll: 9 }, 0).scroll, 0);
  });

  it('shows a rung that somebody came for', () => {
    const all = many(20, 7);
    const { state } = after(told(all), told(all, { show: { project: all[3]?.id ?? '', rung: 'test' } }));
    const [ladder] = all.slice(3);
    assert.ok(ladder && isOpen(state, ladder) && ladder.steps[1] && isRungOpen(state, ladder, ladder.steps[1]));
  });

  it('tells an ear what was proved, and forgets what is no longer the newest', () => {
    const before = ladderOf('shop', [FAILS]);
    const now = ladderOf('shop', [proofOf('test', 'holds', { id: 'test-2', summary: 'All 5 tests pass' })]);
    const { state } = after(told([before]), { kind: 'received', now: DAY, message: { kind: 'detail', detail: detailOf(FAILS) } }, told([now]));
    assert.equal(state.announcement, 'shop, Tests pass: All 5 tests pass');
    assert.deepEqual(state.details, {});
  });

  it('does not ask for evidence that is gone', () => {
    assert.deepEqual(after(told([ladderOf('shop', [{ ...FAILS, hasEvidence: false }])])).messages, []);
    const { state } = after(told([ladderOf('shop', [FAILS])]), { kind: 'received', now: DAY, message: { kind: 'noDetail', proof: FAILS.id } });
    assert.equal(state.details[FAILS.id], 'gone');
  });
});
