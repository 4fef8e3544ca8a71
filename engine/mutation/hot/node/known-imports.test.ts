import assert from 'node:assert/strict';
import Module, { type LoadHookContext, type ResolveHookContext, syncBuiltinESMExports } from 'node:module';
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import { emptyWorkspace, removeWorkspaces, write } from '../../../../test/support/workspaces.ts';
import { KnownImports } from './known-imports.ts';

describe('what is known of imports', () => {
  const own = { register: Module.register, registerHooks: Module.registerHooks };
  afterEach(() => {
    Object.assign(Module, own);
    syncBuiltinESMExports();
  });
  after(removeWorkspaces);

  const from = (parentURL: string, conditions = ['import']) => ({ parentURL, conditions, importAttributes: {} }) as ResolveHookContext;
  const found = () => ({ url: 'file:///b.js' });

  it('is where an import leads, from whatever generation it comes', () => {
    const known = new KnownImports([]);
    assert.deepEqual(known.resolve('./b.js', from('file:///a.js?assay=1'), found), found());
    assert.deepEqual(
      known.resolve('./b.js', from('file:///a.js?assay=2'), () => assert.fail()),
      found(),
    );
    assert.deepEqual(
      known.resolve('./b.js', from('file:///c/a.js?assay=2'), () => ({ url: 'file:///c/b.js' })),
      { url: 'file:///c/b.js' },
    );
  });

  it('is the text of a file, until the file changes', () => {
    const known = new KnownImports([]);
    const directory = emptyWorkspace({ 'a.js': '' });
    const url = pathToFileURL(path.join(directory, 'a.js')).href;
    const load = (generation: number, source: string) =>
      known.load(`${url}?assay=${generation}`, { conditions: ['import'] } as LoadHookContext, () => ({ format: 'module', source }))?.source;
    assert.deepEqual([load(1, 'one'), load(2, 'two')], ['one', 'one']);
    write(directory, 'a.js', 'another text');
    assert.equal(load(3, 'three'), 'three');
  });

  it('is nothing of what CommonJS requires', () => {
    assert.equal(new KnownImports([]).resolve('./b.js', from('file:///a.js', ['require']), found), undefined);
  });

  for (const args of [['--import=tsx'], ['--loader', 'quibble'], ['--no-warnings --experimental-loader=x']]) {
    it(`is nothing where Node was started with ${args.join(' ')}`, () => {
      assert.equal(new KnownImports(args).resolve('./b.js', from('file:///a.js'), found), undefined);
    });
  }

  it('is nothing any more once somebody else hooks in', () => {
    const known = new KnownImports([]);
    known.resolve('./b.js', from('file:///a.js'), found);
    Module.registerHooks({}).deregister();
    assert.equal(known.resolve('./b.js', from('file:///a.js'), found), undefined);
  });
});
