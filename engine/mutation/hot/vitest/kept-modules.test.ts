import assert from 'node:assert/strict';
import vm from 'node:vm';
import { keepModules } from './kept-modules.ts';

describe('modules that Vitest loads anew', () => {
  const { runInThisContext, runInContext } = vm;
  before(keepModules);
  after(() => Object.assign(vm, { runInThisContext, runInContext }));

  const module = (body: string) => `'use strict';async (exports)=>{{${body}\n}}`;
  const here = (code: string, filename = '/one.ts') => vm.runInThisContext(code, { filename });

  it('are compiled once', () => assert.equal(here(module('exports.a = {};')), here(module('exports.a = {};'))));

  it('are compiled anew when their text is another, or their name', () => {
    const one = here(module('exports.a = 1;'));
    assert.notEqual(here(module('exports.a = 1;'), '/other.ts'), one);
    assert.notEqual(here(module('exports.a = 2;')), one);
  });

  it('are made anew in all that they hold', async () => {
    const run = here(module('exports.a = {};'));
    const [first, second] = [{ a: 0 }, { a: 0 }];
    for (const exports of [first, second]) await run(exports);
    assert.notEqual(first.a, second.a);
  });

  it('are compiled for each context', () => {
    const [first, second] = [vm.createContext(), vm.createContext()];
    const run = (context: vm.Context) => vm.runInContext(module('exports.a = Array;'), context, { filename: '/one.ts' });
    assert.equal(run(first), run(first));
    assert.notEqual(run(first), run(second));
  });

  it('are not taken for other code', () => assert.notEqual(here('({})'), here('({})')));
});
