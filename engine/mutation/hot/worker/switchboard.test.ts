import assert from 'node:assert/strict';
import vm from 'node:vm';
import { hits } from '../../../../test/support/file-runs.ts';
import { pass } from '../../../../test/support/instrumented-code.ts';
import {
  CanarySang,
  GLOBAL_NAME,
  HitLimitReached,
  installSwitches,
  Switchboard,
  type Switches,
  sameMutants,
  switchesFooter,
  Trace,
} from './switchboard.ts';

describe('switches of mutants', () => {
  it('are off at first', () => assert.equal(new Switchboard().active('1'), false));

  it('are on for one mutant at a time', () => {
    const switches = new Switchboard();
    switches.on('1', 9);
    assert.deepEqual([switches.active('1'), switches.active('2'), switches.mutant], [true, false, '1']);
    switches.on('2', 9);
    assert.deepEqual([switches.active('1'), switches.active('2')], [false, true]);
    switches.off();
    assert.deepEqual([switches.active('2'), switches.mutant], [false, undefined]);
  });

  it('count how often the mutant that is on ran, anew for each', () => {
    const switches = new Switchboard();
    switches.on('1', 9);
    for (const id of ['1', '2', '1']) switches.active(id);
    assert.equal(switches.hits, 2);
    switches.on('2', 9);
    assert.equal(switches.hits, 0);
  });

  it('throw when the code ran more often than it may, and remember it where tests catch that', () => {
    const switches = new Switchboard();
    switches.on('1', 2);
    switches.active('1');
    switches.active('1');
    assert.equal(switches.overLimit, undefined);
    assert.throws(() => switches.active('1'), HitLimitReached);
    assert.throws(() => switches.active('1'), /more than 2 times/);
    assert.equal(switches.overLimit, 'The mutated code ran more than 2 times.');
    switches.on('2', 2);
    assert.equal(switches.overLimit, undefined);
  });

  it('throw when all code took more steps than it may, while a mutant is on', async () => {
    const switches = new Switchboard();
    switches.on('1', 9, 4);
    pass(switches, '2', '3');
    pass(switches, '1', '4');
    await switches.without(async () => pass(switches, '2', '3', '4', '5', '6'));
    assert.equal(switches.overLimit, undefined);
    assert.throws(() => pass(switches, '2'), HitLimitReached);
    assert.equal(switches.overLimit, 'The code took more than 4 steps, far more than without the mutant.');
    assert.throws(() => pass(switches, '2'), HitLimitReached);
    switches.off();
    pass(switches, '2');
    switches.on('1', 9, 4);
    pass(switches, '2');
    assert.equal(switches.overLimit, undefined);
  });

  it('count steps beyond what is given out at once', () => {
    const switches = new Switchboard();
    switches.on('1', 9, 2 ** 31);
    const { state } = switches;
    state.fuel -= 2 ** 30;
    pass(switches, '1');
    state.fuel -= 2 ** 30 - 1;
    assert.throws(() => pass(switches, '1'), HitLimitReached);
  });

  it('say which is on to who looks by itself, and have each step told where it is of interest', () => {
    const switches = new Switchboard();
    const { state } = switches;
    const seen = () => [state.on, state.fuel > 0, state.weighs];
    assert.deepEqual(seen(), [-1, true, false]);
    switches.on('7', 9);
    assert.deepEqual(seen(), [7, true, false]);
    switches.record(new Trace(true));
    assert.deepEqual(seen(), [7, false, true]);
    switches.record(new Trace(false));
    assert.deepEqual(seen(), [7, false, false]);
    switches.record(undefined);
    switches.off();
    switches.canary(true);
    assert.deepEqual(seen(), [-1, false, false]);
    switches.canary(false);
    assert.deepEqual(seen(), [-1, true, false]);
  });
});

describe('what of the mutated code runs', () => {
  it('is counted in one place at a time', () => {
    const switches = new Switchboard();
    const first = new Trace(true);
    const second = new Trace(true);
    switches.cover('1');
    assert.equal(switches.record(first), undefined);
    switches.cover('1', '2');
    switches.cover('1');
    assert.equal(switches.record(second), first);
    switches.cover('3');
    switches.record(undefined);
    switches.cover('3');
    assert.deepEqual([first.hits, second.hits], [{ 1: 2, 2: 1 }, { 3: 1 }]);
  });

  it('counts all as changing something in what is too long to be weighed', () => {
    const switches = new Switchboard();
    const trace = new Trace(true);
    switches.record(trace);
    let evaluated = 0;
    const weigh = (times: number) => {
      for (let i = 0; i < times; i++) {
        switches.weigh(true, ['1'], () => ++evaluated > 0);
        switches.cover('1');
      }
      return trace.inert;
    };
    assert.deepEqual(weigh(10_000), ['1']);
    assert.deepEqual(weigh(1), []);
    assert.deepEqual([weigh(5), evaluated], [[], 20_000]);
  });

  it('does something without the mutant that is on, which is on again afterwards', async () => {
    const switches = new Switchboard();
    switches.on('1', 9);
    assert.equal(await switches.without(async () => switches.active('1')), false);
    await assert.rejects(
      switches.without(async () => {
        throw new Error('no');
      }),
      /no/,
    );
    assert.equal(switches.active('1'), true);
  });

  it('throws while the canary sings, and is counted all the same', () => {
    const switches = new Switchboard();
    const trace = new Trace(true);
    switches.record(trace);
    switches.canary(true);
    assert.throws(() => switches.cover('1'), CanarySang);
    switches.canary(false);
    switches.cover('1');
    assert.deepEqual(trace.hits, { 1: 2 });
  });
});

describe('whether tests reach the same mutants', () => {
  const CASES: [a: string[], b: string[], same: boolean][] = [
    [[], [], true],
    [['1', '2'], ['2', '1'], true],
    [['1'], ['2'], false],
    [['1', '2'], ['1', '3'], false],
    [['1'], ['1', '2'], false],
    [['1', '2'], ['1'], false],
  ];
  for (const [a, b, same] of CASES) it(`${a} and ${b}: ${same ? 'yes' : 'no'}`, () => assert.equal(sameMutants(hits(a), hits(b)), same));

  it('does not ask how often', () => assert.equal(sameMutants({ 1: 1 }, { 1: 7 }), true));
});

describe('an instrumented text', () => {
  /** Runs it in a realm of its own. */
  function realm(switches: Switches, text: string): vm.Context {
    const context = vm.createContext({});
    installSwitches(vm.runInContext('globalThis', context), switches);
    vm.runInContext(text, context);
    return context;
  }

  it('finds its switches, and says which run it is of', () => {
    const switches = new Switchboard();
    const trace = new Trace(true);
    switches.record(trace);
    switches.on('1', 9);
    const { on, off } = realm(switches, `var on = stryMutAct_9fa48('1'), off = stryMutAct_9fa48('2');stryCov_9fa48('1', '2')${switchesFooter('7')}`);
    assert.deepEqual([on, off, trace.hits, [...switches.runs]], [true, false, { 1: 1, 2: 1 }, ['7']]);
  });

  it('looks for them once', () => {
    const switches = new Switchboard();
    switches.on('1', 9);
    const context = realm(switches, `state_9fa48();stryMutAct_9fa48('1');stryCov_9fa48()${switchesFooter('7')}`);
    installSwitches(vm.runInContext('globalThis', context), {
      ...switches,
      state: { on: 2, fuel: 2, weighs: false },
      active: () => assert.fail(),
      cover: () => assert.fail(),
    });
    assert.deepEqual(vm.runInContext("stryCov_9fa48('1');[stryMutAct_9fa48('1'), state_9fa48().on].join()", context), 'true,1');
  });

  it('keeps its directives and the places of its lines', () => {
    const text = `'use strict';\nvar strict = (function () { return !this; })()`;
    assert.equal(switchesFooter('7').lastIndexOf('\n'), 0);
    assert.equal(realm(new Switchboard(), text + switchesFooter('7'))['strict'], true);
  });

  it('leaves code as it was where there are none, as in a thread', () => {
    const context = vm.createContext({});
    vm.runInContext(`var made = stryMutAct_9fa48('1') ? 2 : (stryCov_9fa48('1'), 1)${switchesFooter('7')}`, context);
    assert.equal(vm.runInContext("[made, stryMutAct_9fa48('1'), state_9fa48().on, state_9fa48().weighs].join()", context), '1,false,-1,false');
  });

  it('shows nothing of them to who lists what is global', () => {
    const context = realm(new Switchboard(), '');
    assert.equal(vm.runInContext(`Object.keys(globalThis).includes('${GLOBAL_NAME}')`, context), false);
    assert.equal(vm.runInContext(`typeof ${GLOBAL_NAME}`, context), 'object');
  });
});
