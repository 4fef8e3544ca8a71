import assert from 'node:assert/strict';
import { mkdirSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import os from 'node:os';
import path from 'node:path';
import { rememberCompiled } from './ts-node.ts';

describe('what ts-node compiled', () => {
  const registered = Symbol.for('ts-node.register.instance');
  const here = process as unknown as Record<symbol, unknown>;
  const { cache } = createRequire(import.meta.url);
  let parent: string;
  let folder: string;

  /** Where ts-node would lie, and what it would ask for lines. */
  let home: string;
  let finder: { install(options: { retrieveFile(file: string): string }): void };
  let textOf: (file: string) => string;

  beforeEach(() => {
    parent = mkdtempSync(path.join(os.tmpdir(), 'assay-ts-node-'));
    folder = path.join(parent, 'compiled');
    home = path.join(parent, 'node_modules', 'ts-node', 'dist', 'index.js');
    for (const file of [home, path.join(parent, 'node_modules', 'source-map-support', 'index.js')]) {
      mkdirSync(path.dirname(file), { recursive: true });
      writeFileSync(file, '');
    }
    const require = createRequire(home);
    require(home);
    finder = require(path.join(parent, 'node_modules', 'source-map-support'));
    finder.install = ({ retrieveFile }) => {
      textOf = retrieveFile;
    };
  });
  afterEach(() => {
    for (const file of Object.keys(cache)) if (file.startsWith(parent)) delete cache[file];
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
    for (const service of [
      { options: { transformers: {} } },
      { options: { transpiler: {} } },
      { options: { swc: true } },
      { options: { compiler: 'ts-patch/compiler' } },
      { config: { options: { plugins: [{}] } } },
    ]) {
      assert.deepEqual(compilesWith(service, ['a.ts', 'a'], ['a.ts', 'a']), ['a.ts a', 'a.ts a'], JSON.stringify(service));
    }
    assert.throws(() => readdirSync(folder), { code: 'ENOENT' });
  });

  it('is looked at for lines, as long as it is what runs', () => {
    compiles(['/a.ts', 'a'], ['instrumented.ts', 'a']);
    compiles(['/a.ts', 'a'], ['instrumented.ts', 'a']);
    assert.equal(textOf('/a.ts'), 'a of /a.ts');
    assert.equal(textOf('file:///a.ts'), 'a of /a.ts');
    assert.equal(textOf('instrumented.ts'), '');
  });

  it('is not kept where its lines would not be found', () => {
    finder.install = () => {
      throw new Error('unknown');
    };
    assert.deepEqual(compiles(['a.ts', 'a'], ['a.ts', 'a']), ['a.ts a', 'a.ts a']);
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
