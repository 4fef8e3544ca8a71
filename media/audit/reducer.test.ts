import assert from 'node:assert/strict';
import type { ToAuditView } from '../../server/protocol.ts';
import { type Action, update } from './reducer.ts';
import { fileOf, packageOf, testOf } from './samples.ts';
import { initialState, isFiltered, type State } from './state.ts';

const cart = fileOf('test/cart.test.js', [testOf('adds', 10)]);
const list = fileOf('test/list.test.js', [testOf('sorts', 60), testOf('finds', 90)]);
const shop = packageOf('shop', [cart]);
const worker = packageOf('worker', [list]);

function after(actions: Action[], state: State = initialState()): State {
  return actions.reduce((current, action) => update(current, action).state, state);
}

function receive(message: ToAuditView): Action {
  return { kind: 'received', message };
}

const results = receive({ kind: 'results', packages: [shop, worker], canProve: false });
const loaded = after([results]);

describe('update of the test audit with results', () => {
  it('chooses the first package, and says how many tests were read', () => {
    assert.deepEqual([loaded.chosen, loaded.reading, loaded.announcement], [shop.uri, undefined, '3 tests read']);
  });

  it('keeps the package, the filters and the section that were chosen', () => {
    const state = after(
      [
        { kind: 'choosePackage', uri: worker.uri },
        { kind: 'chooseSection', section: 'findings' },
        { kind: 'filter', by: { file: list.uri, rule: 'tautology' } },
        { kind: 'search', text: 'sort' },
        results,
      ],
      loaded,
    );
    assert.deepEqual([state.chosen, state.section, state.file, state.rule, state.search], [worker.uri, 'findings', list.uri, 'tautology', 'sort']);
  });

  it('lets go of a file and of a package that are gone', () => {
    const filtered = after([{ kind: 'filter', by: { file: cart.uri } }], loaded);
    const without = receive({ kind: 'results', packages: [packageOf('shop', [list])], canProve: false });
    assert.equal(after([without], filtered).file, undefined);
    const other = after([receive({ kind: 'results', packages: [worker], canProve: false })], filtered);
    assert.deepEqual([other.chosen, other.file], [worker.uri, undefined]);
  });

  it('lists the tests of the file that it is told to show, and nothing else', () => {
    const before = after(
      [
        { kind: 'search', text: 'adds' },
        { kind: 'chooseSection', section: 'paths' },
      ],
      loaded,
    );
    const state = after([receive({ kind: 'results', packages: [shop, worker], canProve: true, showFile: list.uri })], before);
    assert.deepEqual([state.chosen, state.section, state.file, state.search, state.canProve], [worker.uri, 'tests', list.uri, '', true]);
  });
});

describe('update of the test audit while tests are read', () => {
  it('follows how far it is, and keeps what was read before when it is stopped', () => {
    const reading = after([receive({ kind: 'progress', done: 3, planned: 9 })], loaded);
    assert.deepEqual(reading.reading, { done: 3, planned: 9 });
    const ended = after([receive({ kind: 'ended' })], reading);
    assert.deepEqual([ended.reading, ended.ended, ended.packages], [undefined, true, loaded.packages]);
    assert.equal(after([receive({ kind: 'progress', done: 0, planned: 0 })], ended).ended, false);
    assert.equal(after([results], ended).ended, false);
  });
});

describe('update of the test audit by its reader', () => {
  it('lists the tests of a band that is pressed, from any section, until it is pressed again', () => {
    const pressed = after(
      [
        { kind: 'chooseSection', section: 'paths' },
        { kind: 'toggleGroup', group: 'weak' },
      ],
      loaded,
    );
    assert.deepEqual([pressed.section, pressed.group], ['tests', 'weak']);
    assert.equal(after([{ kind: 'toggleGroup', group: 'behaviour' }], pressed).group, 'behaviour');
    assert.equal(after([{ kind: 'toggleGroup', group: 'weak' }], pressed).group, undefined);
  });

  it('takes one filter back without the others, and all of them at once', () => {
    const filtered = after(
      [
        { kind: 'filter', by: { group: 'weak', rule: 'tautology' } },
        { kind: 'filter', by: { rule: undefined } },
      ],
      loaded,
    );
    assert.deepEqual([filtered.group, filtered.rule, isFiltered(filtered)], ['weak', undefined, true]);
    assert.equal(isFiltered(after([{ kind: 'clearFilters' }], filtered)), false);
  });

  it('forgets filters and open lists with the package that they are of', () => {
    const state = after(
      [
        { kind: 'search', text: 'x' },
        { kind: 'toggleRule', rule: 'tautology' },
        { kind: 'showMore', list: 'tautology', shown: 200 },
        { kind: 'choosePackage', uri: worker.uri },
      ],
      loaded,
    );
    assert.deepEqual([state.search, state.expanded, state.shown], ['', [], {}]);
  });

  it('opens and closes a rule', () => {
    const open = after([{ kind: 'toggleRule', rule: 'tautology' }], loaded);
    assert.deepEqual(open.expanded, ['tautology']);
    assert.deepEqual(after([{ kind: 'toggleRule', rule: 'tautology' }], open).expanded, []);
  });

  it('passes on what is to be sent', () => {
    assert.deepEqual(update(loaded, { kind: 'send', message: { kind: 'refresh' } }), { state: loaded, messages: [{ kind: 'refresh' }] });
  });
});
