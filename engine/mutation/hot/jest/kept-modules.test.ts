import assert from 'node:assert/strict';
import vm from 'node:vm';
import type { Runtime } from './jest-types.ts';
import { keepCompiledFunctions, keepScripts } from './kept-modules.ts';

const MODULE = '({"Object.<anonymous>":function(module){module.exports = {};}});';

describe('modules that Jest loads anew', () => {
  const { compileFunction } = vm;
  afterEach(() => Object.assign(vm, { compileFunction }));

  it('are made of one script in Jest 29', () => {
    const context = vm.createContext();
    const { create, count } = keeping((text, filename) => new vm.Script(text, { filename }));
    const run = (text: string) => (create(text, '/one.js') as vm.Script).runInContext(context);
    assert.equal(run(MODULE), run(MODULE));
    assert.notEqual(run(`${MODULE} `), run(MODULE));
    assert.equal(count(), 3);
  });

  it('are made of one function since Jest 30', () => {
    keepCompiledFunctions();
    const [first, second] = [vm.createContext(), vm.createContext()];
    const compile = (text: string, parsingContext: vm.Context, filename = '/one.js') =>
      vm.compileFunction(text, ['module'], { filename, parsingContext });
    const one = compile('module.a = 1;', first);
    assert.equal(compile('module.a = 1;', first), one);
    assert.notEqual(compile('module.a = 1;', second), one);
    assert.notEqual(compile('module.a = 1;', first, '/other.js'), one);
    assert.notEqual(compile('module.a = 2;', first), one);
    assert.notEqual(vm.compileFunction('1', [], { filename: '/one.js' }), vm.compileFunction('1', [], { filename: '/one.js' }));
  });

  it('may be functions in Jest 30.0 too', () => {
    const { create } = keeping(() => () => 'run');
    assert.equal((create(MODULE, '/one.js') as () => string)(), 'run');
  });

  type Create = NonNullable<Runtime['createScriptFromCode']>;

  /** What a runtime makes of texts that would make it by `create`; and how often it did. */
  function keeping(create: Create): { create: Create; count(): number } {
    let made = 0;
    const createScriptFromCode: Create = (text, filename) => {
      made++;
      return create(text, filename);
    };
    const runtime = { createScriptFromCode } as Runtime & { createScriptFromCode: Create };
    keepScripts(runtime);
    return { create: runtime.createScriptFromCode, count: () => made };
  }
});
