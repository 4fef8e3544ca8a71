import assert from 'node:assert/strict';
import { writeFileSync } from 'node:fs';
import path from 'node:path';
import vm from 'node:vm';
import { emptyWorkspace, removeWorkspaces } from '../../../../test/support/workspaces.ts';
import { functionBodies, SyntaxTree } from '../../../syntax/index.ts';
import { instrument } from './instrument.ts';

after(removeWorkspaces);

describe('instrumenting', () => {
  it('leaves the names of exports and imports as they are, which may be strings', async () => {
    const file = path.join(emptyWorkspace(), 'names.ts');
    writeFileSync(file, `import { 'x-y' as q } from './b';\nconst a = q + 1;\nexport { a as 'module.exports' };\nexport * as 'all' from './b';\n`);
    const { mutants, texts, broken } = await instrument([{ file }], [], new Map(), '1');
    assert.deepEqual([...broken], []);
    assert.match(texts.get(file)?.code ?? '', /export \{ a as 'module\.exports' \};\nexport \* as 'all' from '\.\/b';/);
    const judged = mutants.filter(({ status }) => status !== 'Ignored');
    assert.deepEqual(
      judged.map(({ replacement }) => replacement),
      ['q - 1'],
    );
  });

  it('numbers the mutants of all files, also where one cannot be parsed or some are not placed', async () => {
    const folder = emptyWorkspace();
    const texts = {
      'a.js': 'class A { #all = []; add(one) { if (one) one.n += 1; else this.#all.push({ one }); } }',
      'b.js': 'export const = ;',
      'c.js': 'export const c = (n) => { return n < 2; };',
    };
    const files = Object.keys(texts).map((name) => ({ file: path.join(folder, name) }));
    for (const [name, text] of Object.entries(texts)) writeFileSync(path.join(folder, name), text);
    const { mutants, texts: served, broken } = await instrument(files, [], new Map(), '1');
    assert.deepEqual([...broken.keys()], [path.join(folder, 'b.js')]);
    const ids = mutants.map(({ id }) => Number(id));
    assert.equal(new Set(ids).size, ids.length);
    assert.ok((ids.at(-1) ?? 0) > ids.length - 1, 'one is not placed');
    assert.ok(mutants.length > 0);
    for (const { id, fileName } of mutants) {
      assert.match(
        served.get(fileName)?.code ?? '',
        new RegExp(`\\.on === ${id} && stryMutAct_9fa48\\("${id}"\\)[^]*stryCov_9fa48\\([^)]*\\b${id}\\b`),
      );
    }
  });

  it('has the code look by itself whether there is something to do', async () => {
    const file = '/sum.js';
    const text = 'function sum(a, b) { return a + b; }\nconst list = (a) => a.map((b) => b + 1);\nconst two = 1 + 1;';
    const { texts } = await instrument([{ file }], [], new Map([[file, text]]), '1');
    const code = (texts.get(file)?.code ?? '').replace(/\s+/g, ' ');
    for (const part of [
      'function sum(a, b) { const s_9fa48 = state_9fa48(); if (s_9fa48.on === 0 && stryMutAct_9fa48("0")) {',
      '(s_9fa48.fuel -= 1) < 0 && stryCov_9fa48(0);',
      's_9fa48.weighs && assayWeighed1_9fa48(a, b), s_9fa48.on === 1 && stryMutAct_9fa48("1") ? a - b :',
      'state_9fa48().on === 5 && stryMutAct_9fa48("5") ? 1 - 1 : ((state_9fa48().fuel -= 1) < 0 && stryCov_9fa48(5), 1 + 1)',
    ])
      assert.ok(code.includes(part), `${part} in ${code}`);
  });

  it('has what is called before the file runs find its switches', async () => {
    const file = '/early.js';
    const text =
      'const early = half(4);\nfunction half(n) { return [n].map((one) => one / 2)[0]; }\nclass A { b = 2 > 1; static { this.c = 1 + 1; } m(n = 1 + 1) { return n; } }\n';
    const { texts } = await instrument([{ file }], [], new Map([[file, text]]), '1');
    const run = vm.runInNewContext(`${texts.get(file)?.code};[early, new A().b, A.c, new A().m()].join()`);
    assert.equal(run, '2,true,2,2');
  });

  it('has a file that ends with a comment find its switches', async () => {
    const file = '/commented.js';
    const { texts } = await instrument([{ file }], [], new Map([[file, 'const two = 1 + 1; // the end']]), '1');
    assert.equal(vm.runInNewContext(`${texts.get(file)?.code};two`), 2);
  });

  it('has functions that lost their body return what was chosen', async () => {
    const file = '/chosen.js';
    const text = `class A { constructor() { this.a = 1; } get b() { return 2; } async c() { return 3; } }
function d() { 'use strict'; return 4; }
const e = (n) => n + 5;
if (d() > 9) { e(1); }
`;
    const tree = await SyntaxTree.parse('javascript', text);
    const bodies = functionBodies(tree.tree);
    tree.dispose();
    const { texts, mutants } = await instrument([{ file, bodies }], [], new Map([[file, text]]), '1');
    assert.equal(mutants.length, 5);
    const values = (on: string | undefined, returns: unknown) => {
      const __assay_switches__ = {
        state: { on: on === undefined ? -1 : Number(on), fuel: 1e9, weighs: false },
        active: (id: string) => id === on,
        cover() {},
        loaded() {},
        returns,
      };
      return vm.runInNewContext(`${texts.get(file)?.code};const a = new A();[a.a, a.b, d(), e(1)]`, { __assay_switches__ }) as unknown[];
    };
    assert.deepEqual([...values(undefined, 9)], [1, 2, 4, 6]);
    const changed = mutants.map(({ id }) => [[...values(id, undefined)].join(), [...values(id, 9)].join()]);
    assert.deepEqual(changed, [
      [',2,4,6', ',2,4,6'],
      ['1,,4,6', '1,9,4,6'],
      ['1,2,4,6', '1,2,4,6'],
      ['1,2,,6', '1,2,9,6'],
      ['1,2,4,', '1,2,4,9'],
    ]);
  });
});
