import assert from 'node:assert/strict';
import type { CallableSuite, CallableTest } from './harness.ts';
import { Suites } from './suites.ts';

/** Suites that tell when they are entered and left, by letter; what `failing` says fails. */
function made(failing = ''): { suites: Suites; log: string[]; test(names: string): Pick<CallableTest, 'suites'> } {
  const log: string[] = [];
  const tell = (what: string) => async () => {
    log.push(what);
    if (what === failing) throw new Error(what);
  };
  const all: Record<string, CallableSuite> = {};
  const suite = (name: string) => (all[name] ??= { enter: tell(`+${name}`), leave: tell(`-${name}`) });
  return { suites: new Suites(), log, test: (names) => ({ suites: [...names].map(suite) }) };
}

/** Tests in the order in which they are called, by the suites around them, and what is entered and left. */
const CASES: Record<string, [tests: string[], log: string]> = {
  'a test outside of suites': [[''], ''],
  'a test in suites: the outermost is entered first': [['ab'], '+a +b'],
  'tests of one suite': [['ab', 'ab'], '+a +b'],
  'a deeper suite': [['a', 'ab'], '+a +b'],
  'a suite that is not around the next test': [['ab', 'a'], '+a +b -b'],
  'a suite beside it': [['ab', 'ac'], '+a +b -b +c'],
  'other suites: the innermost is left first': [['ab', 'cd'], '+a +b -b -a +c +d'],
  'the same suite in another one': [['ab', 'cb'], '+a +b -b -a +c +b'],
  'no suite any more': [['ab', ''], '+a +b -b -a'],
};

describe('the suites around tests that are called in any order', () => {
  for (const [title, [tests, expected]] of Object.entries(CASES)) {
    it(title, async () => {
      const { suites, log, test } = made();
      for (const names of tests) await suites.around(test(names));
      assert.equal(log.join(' '), expected);
    });
  }

  it('are all left at the end', async () => {
    const { suites, log, test } = made();
    await suites.around(test('ab'));
    await suites.leave();
    await suites.leave();
    assert.equal(log.join(' '), '+a +b -b -a');
  });

  it('count as entered where their hook fails, so that they are left', async () => {
    const { suites, log, test } = made('+a');
    await assert.rejects(suites.around(test('ab')), /\+a/);
    await suites.leave();
    assert.equal(log.join(' '), '+a -a');
  });

  it('count as left where their hook fails', async () => {
    const { suites, log, test } = made('-b');
    await suites.around(test('ab'));
    await assert.rejects(suites.around(test('c')), /-b/);
    await suites.around(test('c'));
    assert.equal(log.join(' '), '+a +b -b -a +c');
  });
});
