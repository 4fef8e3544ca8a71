import assert from 'node:assert/strict';
import Module from 'node:module';
import path from 'node:path';
import { KeptFunctions } from '../worker/kept-functions.ts';
import { keptModule, type ModuleFunction } from './kept-module.ts';

type Loaded = Module & { _compile(text: string, filename: string): void };

describe('a module that runs again without being compiled', () => {
  const directory = path.resolve('/package');
  const file = path.join(directory, 'one.cjs');
  let kept: KeptFunctions<ModuleFunction | undefined>;

  beforeEach(() => {
    kept = new KeptFunctions();
  });

  it('has all that a module has', () => {
    const exports = load(
      `#!/usr/bin/env node
'use strict';
exports.seen = [this === exports, module.exports === exports, arguments.length, __filename, __dirname, typeof require('node:fs').statSync];
exports.strict = (function () { return this === undefined; })();
exports.frame = new Error('here').stack.split('\\n')[1];`,
    );
    assert.deepEqual(exports['seen'], [true, true, 5, file, directory, 'function']);
    assert.equal(exports['strict'], true);
    assert.match(String(exports['frame']), new RegExp(`${file.replaceAll('.', '\\.')}:5:17\\)$`));
  });

  it('begins anew each time', () => {
    const text = 'let count = 0;\nclass Kind {}\nexports.Kind = Kind;\nexports.count = () => ++count;';
    const [first, second] = [load(text), load(text)];
    const call = (exports: Record<string, unknown>) => (exports['count'] as () => number)();
    assert.deepEqual([call(first), call(first), call(second)], [1, 2, 1]);
    assert.notEqual(first['Kind'], second['Kind']);
  });

  it('is the text that it has now', () => {
    assert.deepEqual([load('exports.a = 1;')['a'], load('exports.a = 2;')['a']], [1, 2]);
  });

  it('leaves to Node what is no CommonJS, or imports what is none', () => {
    assert.equal(keptModule(kept, {}, 'export const a = 1;', file), undefined);
    assert.equal(keptModule(kept, {}, "exports.a = () => import('./a.mjs');", file), undefined);
  });

  it('says where its source map is', () => {
    const comment = '//# sourceMappingURL=data:application/json;base64,e30=';
    assert.ok(keptModule(kept, {}, `exports.a = 1;\n${comment}\n`, file)?.trimEnd().endsWith(`\n${comment}`));
    assert.ok(!keptModule(kept, {}, `exports.a = ${JSON.stringify(`\n${comment}`)};`, file)?.includes(comment));
  });

  function load(text: string): Record<string, unknown> {
    const module = new Module(file) as Loaded;
    const stub = keptModule(kept, module, text, file);
    assert.ok(stub);
    module._compile(stub, file);
    return module.exports as Record<string, unknown>;
  }
});
