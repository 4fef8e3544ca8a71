import assert from 'node:assert/strict';
import type { ToReportView } from '../../server/protocol.ts';
import { type Action, update } from './reducer.ts';
import { detailOf, mutantOf, packageOf, progressOf, summaryOf } from './samples.ts';
import { initialState, type State } from './state.ts';

const source = 'a < b\nc < d';
const first = mutantOf(source, '<', '<=');
const second = mutantOf(source, 'c < d', 'true', { status: 'Killed' });
const cart = detailOf(source, [first, second]);
const other = summaryOf('src/other.ts');
const packages = [packageOf('shop', [cart.summary]), packageOf('tools', [other])];

function after(actions: Action[], state: State = initialState(true)): State {
  return actions.reduce((current, action) => update(current, action).state, state);
}

function receive(message: ToReportView): Action {
  return { kind: 'received', message };
}

const results = receive({ kind: 'results', packages });
const open: Action = { kind: 'openFile', uri: cart.summary.uri };
const loaded = after([results, open, receive({ kind: 'file', detail: cart })]);

describe('update with results', () => {
  it('chooses the first package', () => {
    assert.equal(after([results]).directory, '/shop');
  });

  it('keeps the package that was chosen', () => {
    assert.equal(after([results, { kind: 'choosePackage', directory: '/tools' }, results]).directory, '/tools');
  });

  it('asks for the open file again and keeps what is selected and expanded', () => {
    const state = after([{ kind: 'toggleMutant', id: first.id }], loaded);
    const { state: next, messages } = update(state, results);
    assert.deepEqual(messages, [{ kind: 'loadFile', uri: cart.summary.uri }]);
    assert.equal(next.selected, first.id);
    assert.deepEqual(next.expanded, [first.id]);
    assert.equal(next.detail, cart);
  });

  it('opens the file that it is told to, with its package', () => {
    const { state, messages } = update(loaded, receive({ kind: 'results', packages, openFile: other.uri }));
    assert.equal(state.file, other.uri);
    assert.equal(state.directory, '/tools');
    assert.equal(state.detail, undefined);
    assert.deepEqual(messages, [{ kind: 'loadFile', uri: other.uri }]);
  });

  it('goes back to the list where the open file has no results any more', () => {
    const { state, messages } = update(loaded, receive({ kind: 'results', packages: [packageOf('tools', [other])] }));
    assert.equal(state.file, undefined);
    assert.equal(state.directory, '/tools');
    assert.deepEqual(messages, []);
  });
});

describe('update with a file', () => {
  it('ignores a file that is no longer open', () => {
    assert.equal(after([results, receive({ kind: 'file', detail: cart })]).detail, undefined);
  });

  it('forgets mutants that are gone', () => {
    const state = after([{ kind: 'toggleMutant', id: second.id }, receive({ kind: 'file', detail: detailOf(source, [first]) })], loaded);
    assert.equal(state.selected, undefined);
    assert.deepEqual(state.expanded, []);
  });

  it('folds again only where the text has changed', () => {
    const unfold: Action = { kind: 'unfold', span: { from: 1, to: 2 } };
    assert.equal(after([unfold, receive({ kind: 'file', detail: { ...cart } })], loaded).unfolded.length, 1);
    assert.equal(after([unfold, receive({ kind: 'file', detail: { ...cart, text: `\n${source}` } })], loaded).unfolded.length, 0);
  });
});

describe('update with progress', () => {
  it('keeps one line for each run until it ends', () => {
    const begun = after([receive({ kind: 'progress', progress: progressOf() }), receive({ kind: 'progress', progress: progressOf({ run: 2 }) })]);
    assert.deepEqual(
      after([receive({ kind: 'progress', progress: progressOf({ judged: 3 }) })], begun).runs.map(({ run, judged }) => [run, judged]),
      [
        [1, 3],
        [2, 0],
      ],
    );
    const ended = after([receive({ kind: 'progress', progress: progressOf({ phase: 'ended', text: '8 mutants, 1 survived' }) })], begun);
    assert.deepEqual(
      ended.runs.map(({ run }) => run),
      [2],
    );
    assert.equal(ended.announcement, 'cart: 8 mutants, 1 survived');
  });
});

describe('update in a file', () => {
  it('shows and hides a status', () => {
    assert.deepEqual(after([{ kind: 'toggleStatus', status: 'Killed' }], loaded).statuses, ['Survived', 'NoCoverage', 'Killed']);
    assert.deepEqual(after([{ kind: 'toggleStatus', status: 'Survived' }], loaded).statuses, ['NoCoverage']);
  });

  it('expands all mutants that are shown, then collapses them', () => {
    const expanded = after([{ kind: 'toggleAll' }], loaded);
    assert.deepEqual(expanded.expanded, [first.id]);
    assert.deepEqual(after([{ kind: 'toggleAll' }], expanded).expanded, []);
  });

  it('opens the line of the selected mutant in the editor', () => {
    assert.deepEqual(update(loaded, { kind: 'openSelected' }).messages, []);
    const state = after([{ kind: 'select', id: second.id }], loaded);
    assert.deepEqual(update(state, { kind: 'openSelected' }).messages, [{ kind: 'open', uri: cart.summary.uri, position: { line: 1, column: 0 } }]);
  });

  it('forgets the file but not the statuses when it is closed', () => {
    const state = after([{ kind: 'toggleStatus', status: 'Killed' }, { kind: 'toggleMutant', id: first.id }, { kind: 'closeFile' }], loaded);
    assert.deepEqual([state.file, state.detail, state.selected, state.expanded], [undefined, undefined, undefined, []]);
    assert.deepEqual(state.statuses, ['Survived', 'NoCoverage', 'Killed']);
  });

  it('draws the chunk of a line that is unfolded', () => {
    assert.deepEqual(after([{ kind: 'unfold', span: { from: 1250, to: 1251 } }], loaded).drawn, [12]);
  });

  it('passes on what is to be sent', () => {
    const message = { kind: 'mutate', uri: cart.summary.uri } as const;
    assert.deepEqual(update(loaded, { kind: 'send', message }).messages, [message]);
  });
});
