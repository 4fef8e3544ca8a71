import assert from 'node:assert/strict';
import { mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { rememberCompiled } from './ts-node.ts';

describe('what ts-node compiled', () => {
  const registered = Symbol.for('ts-node.register.instance');
  const here = process as unknown as Record<symbol, unknown>;
  let parent: string;
  let folder: string;

  beforeEach(() => {
    parent = mkdtempSync(path.join(os.tmpdir(), 'assay-ts-node-'));
    folder = path.join(parent, 'compiled');
  });
  afterEach(() => {
    delete here[registered];
    rmSync(parent, { recursive: true, force: true });
  });

  it('is there in the next process', () => {
    assert.deepEqual(compiles(['a.ts', 'a'], ['a.ts', 'b'], ['b.ts', 'a'], ['a.ts', 'a']), ['a.ts a', 'a.ts b', 'b.ts a']);
    assert.deepEqual(compiles(['a.ts', 'a'], ['a.ts', 'b'], ['c.ts', 'a']), ['c.ts a']);
  });

  it('is not what other settings, another compiler or another kind of modules make of it', () => {
    compiles(['a.ts', 'a']);
    assert.deepEqual(compilesWith({ config: { options: { target: 1 } } }, ['a.ts', 'a']), ['a.ts a']);
    assert.deepEqual(compilesWith({ ts: { version: '6.0.0' } }, ['a.ts', 'a']), ['a.ts a']);
    writeFileSync(path.join(parent, 'package.json'), '{ "type": "module" }');
    assert.deepEqual(compiles(['a.ts', 'a']), ['a.ts a']);
  });

  it('is not kept of texts that are instrumented, or where others have a hand in it', () => {
    assert.deepEqual(compiles(['instrumented.ts', 'a'], ['instrumented.ts', 'a']), ['instrumented.ts a', 'instrumented.ts a']);
    for (const option of ['transformers', 'transpiler', 'swc']) {
      assert.deepEqual(compilesWith({ options: { [option]: {} } }, ['a.ts', 'a'], ['a.ts', 'a']), ['a.ts a', 'a.ts a'], option);
    }
    assert.throws(() => readdirSync(folder));
  });

  it('is thrown away when it is too much', () => {
    compiles(['a.ts', 'a']);
    for (let i = 0; i < 5001; i++) writeFileSync(path.join(folder, `x${i}`), '');
    assert.deepEqual(compiles(['a.ts', 'a']), ['a.ts a']);
    assert.equal(readdirSync(folder).length, 1);
  });

  it('is nothing where there is no ts-node', () => rememberCompiled(folder, parent, () => false));

  /** What ts-node really compiles of some files and their texts, in a new process. */
  function compiles(...files: [file: string, text: string][]): string[] {
    return compilesWith({}, ...files);
  }

  function compilesWith(service: object, ...files: [file: string, text: string][]): string[] {
    const compiled: string[] = [];
    const one = {
      compile(code: string, file: string) {
        compiled.push(`${file} ${code}`);
        return `${code} of ${file}`;
      },
      options: {},
      config: { options: {} },
      ts: { version: '5.0.0' },
      ...service,
    };
    here[registered] = one;
    // Whenever tests are loaded.
    for (let i = 0; i < 2; i++) rememberCompiled(folder, parent, (file) => file === 'instrumented.ts');
    for (const [file, text] of files) assert.equal(one.compile(text, file), `${text} of ${file}`);
    return compiled;
  }
});
