import assert from 'node:assert/strict';
import fs, { existsSync } from 'node:fs';
import { Builtins } from './builtins.ts';

describe('what tests change of their process', () => {
  /** What is changed, and what is looked at afterwards; it is the same as before. */
  const CASES: Record<string, [change: () => void, look: () => unknown]> = {
    'a function of the process': [() => Object.assign(process, { cwd: () => 'C:\\' }), () => process.cwd],
    'its platform': [() => Object.defineProperty(process, 'platform', { value: 'win32' }), () => process.platform],
    'its environment': [() => Object.assign(process.env, { ASSAY_TRIAL: '1', PATH: '' }), () => [process.env['ASSAY_TRIAL'], process.env['PATH']]],
    'a module of Node': [() => Object.assign(fs, { existsSync: () => true }), () => [fs.existsSync, existsSync]],
    'a global function': [() => Object.assign(globalThis, { setTimeout: () => 1 }), () => globalThis.setTimeout],
    'one that Node makes when it is first asked for': [() => Object.assign(globalThis, { fetch: () => 1 }), () => globalThis.fetch],
    'a method': [() => Object.assign(Array.prototype, { map: () => [] }), () => Array.prototype.map],
    'a new method': [() => Object.assign(String.prototype, { shout: () => '!' }), () => 'shout' in String.prototype],
    'a function of the standard': [() => Object.assign(Math, { random: () => 0.5 }), () => Math.random],
    'one that is gone': [() => Reflect.deleteProperty(JSON, 'parse'), () => JSON.parse],
  };
  for (const [title, [change, look]] of Object.entries(CASES)) {
    it(`is put back: ${title}`, () => {
      const before = look();
      const builtins = new Builtins();
      change();
      builtins.restore();
      assert.deepEqual(look(), before);
    });
  }

  it('is kept where it was changed without a mutant', () => {
    const builtins = new Builtins();
    Object.assign(process.env, { ASSAY_TRIAL: '1' });
    builtins.keep();
    builtins.restore();
    assert.equal(process.env['ASSAY_TRIAL'], '1');
    Reflect.deleteProperty(process.env, 'ASSAY_TRIAL');
  });

  it('leaves the listeners of the process as they are', () => {
    const builtins = new Builtins();
    const listener = () => {};
    process.on('SIGWINCH', listener);
    builtins.restore();
    assert.ok(process.listeners('SIGWINCH').includes(listener));
    process.off('SIGWINCH', listener);
  });
});
