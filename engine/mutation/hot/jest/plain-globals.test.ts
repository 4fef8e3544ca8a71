import assert from 'node:assert/strict';
import vm from 'node:vm';
import { KNOWS_PLAIN_GLOBALS, withPlainGlobals } from './plain-globals.ts';

/** Whether the globals of a context are what the context was made of: then nothing stands behind them. */
function isPlain(context: object): boolean {
  return vm.runInContext('this', context) === context;
}

/** What an environment makes its context of, and whether its globals come to be plain. */
const CASES: Record<string, [behind: object[], plain: boolean]> = {
  'nothing, as Jest 29': [[], true],
  'a proxy, as Jest 30': [[new Proxy({}, {})], true],
  'a window, as jsdom': [[{ document: {} }], false],
};

describe('environments with plain globals', () => {
  before(function () {
    if (!KNOWS_PLAIN_GLOBALS) this.skip();
  });

  for (const [title, [behind, plain]] of Object.entries(CASES)) {
    it(`where behind them stands ${title}`, () => {
      const context = withPlainGlobals(() => vm.createContext(...behind));
      assert.equal(isPlain(context), plain);
    });
  }

  it('leaves contexts alone that tests make themselves', () => {
    assert.throws(
      () =>
        withPlainGlobals(() => {
          throw new Error('an environment that cannot be made');
        }),
      /an environment that cannot be made/,
    );
    assert.equal(isPlain(vm.createContext()), false);
  });

  it('has what is assigned to a global known to all in it, and no other', () => {
    const context = withPlainGlobals(() => vm.createContext()) as { Number: unknown };
    const named = vm.compileFunction('return Number', [], { parsingContext: context });
    assert.notEqual(named(), Number);
    context.Number = 'mocked';
    assert.equal(named(), 'mocked');
    assert.equal(typeof Number, 'function');
  });
});
