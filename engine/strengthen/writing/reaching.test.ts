import assert from 'node:assert/strict';
import { SyntaxTree } from '../../syntax/index.ts';
import { changed, inOrder } from './changes.ts';
import { importsOf, usesImport, waysText, waysTo } from './reaching.ts';

/** The beginning of `/p/test/a.test.ts`, a file, the ways to `f` of it, as what it is called by and what it is imported from, and the import by the first that needs one. */
const CASES: [head: string, file: string, ways: string[], after: string | undefined][] = [
  ["import { g } from '../src/code';\n", '/p/src/code.ts', ['f of ../src/code'], "import { g, f } from '../src/code';\n"],
  [
    "import {\n  g,\n  h,\n} from '../src';\n",
    '/p/src/code.ts',
    ['f of ../src', 'f of ../src/code'],
    "import {\n  g,\n  h,\n  f,\n} from '../src';\n",
  ],
  [
    "import * as code from '../src/code.js';\n",
    '/p/src/code.ts',
    ['code.f', 'f of ../src/code.js'],
    "import * as code from '../src/code.js';\nimport { f } from '../src/code.js';\n",
  ],
  [
    "import code from '../src/code.ts';\n",
    '/p/src/code.ts',
    ['f of ../src/code.ts'],
    "import code from '../src/code.ts';\nimport { f } from '../src/code.ts';\n",
  ],
  ["const { g } = require('../lib/code');\n", '/p/lib/code.js', ['f of ../lib/code'], "const { g, f } = require('../lib/code');\n"],
  [
    "const lib = require('..');\n",
    '/p/lib/code.js',
    ['lib.f', 'f of ..', 'f of ../lib/code'],
    "const lib = require('..');\nconst { f } = require('..');\n",
  ],
  [
    "import { it } from 'vitest';\n",
    '/p/src/code.ts',
    ['f of ../src/code.ts'],
    "import { it } from 'vitest';\nimport { f } from '../src/code.ts';\n",
  ],
  ["import { f } from '../src/code';\n", '/p/src/code.ts', ['f'], undefined],
];

describe('ways to functions that a test file does not use', () => {
  for (const [head, file, ways, after] of CASES) {
    it(JSON.stringify(head), async () => {
      const tree = await SyntaxTree.parse('typescript', head);
      const found = waysTo(tree.tree, { name: 'f', isDefault: false }, file, '/p/test/a.test.ts');
      assert.deepEqual(
        found.map(({ path, from }) => (from === undefined ? path : `${path} of ${from}`)),
        ways,
      );
      const from = found.find((way) => way.from !== undefined)?.from;
      const words = { quote: "'", semicolons: true, lineEnd: '\n', isModule: usesImport(tree.tree), declares: 'const' } as const;
      assert.equal(from && changed(head, importsOf(tree.tree, head, [{ name: 'f', from, isDefault: false }], words)), after);
      tree.dispose();
    });
  }

  for (const [head, path, after] of [
    ["import g, { h } from '../src/code';\n", 'g', undefined],
    ["import { h } from '../src/code';\n", 'f', "import { h } from '../src/code';\nimport f from '../src/code';\n"],
    ["const { h } = require('../src/other');\n", 'f', "const { h } = require('../src/other');\nconst f = require('../src/code');\n"],
    ["import { f } from '../src/other';\n", undefined, undefined],
  ] as const) {
    it(`lead to a default export: ${JSON.stringify(head)}`, async () => {
      const tree = await SyntaxTree.parse('typescript', head);
      const [way] = waysTo(tree.tree, { name: 'f', isDefault: true }, '/p/src/code.js', '/p/test/a.test.ts');
      assert.equal(way?.path, path);
      const words = { quote: "'", semicolons: true, lineEnd: '\n', isModule: usesImport(tree.tree), declares: 'const' } as const;
      const imports = way?.from === undefined ? undefined : importsOf(tree.tree, head, [{ name: 'f', from: way.from, isDefault: true }], words);
      assert.equal(imports && changed(head, imports), after);
      tree.dispose();
    });
  }

  it('are imported together', async () => {
    const head = "import { g } from './g';\nimport {\n  a,\n} from './a';\n";
    const tree = await SyntaxTree.parse('typescript', head);
    const wanted = ['f ./a', 'h ./b', 'i ./a', 'f ./a', 'j ./b']
      .map((one) => one.split(' '))
      .map(([name = '', from = '']) => ({ name, from, isDefault: false }));
    const after = "import { g } from './g';\nimport {\n  a,\n  f,\n  i,\n} from './a';\nimport { h, j } from './b';\n";
    assert.equal(
      changed(head, importsOf(tree.tree, head, wanted, { quote: "'", semicolons: true, lineEnd: '\n', isModule: true, declares: 'const' })),
      after,
    );
    tree.dispose();
  });

  for (const [head, after] of [
    ["import { g } from './a';\n", "import { g, f, type T } from './a';\n"],
    ["import type { U } from './a';\n", "import type { U, T } from './a';\nimport { f } from './a';\n"],
    ["import { g } from './a';\nimport type { U } from './a';\n", "import { g, f } from './a';\nimport type { U, T } from './a';\n"],
    ["import g from './a';\n", "import g from './a';\nimport { f, type T } from './a';\n"],
  ] as const) {
    it(`are imported as types where they only serve as such: ${JSON.stringify(head)}`, async () => {
      const tree = await SyntaxTree.parse('typescript', head);
      const wanted = [
        { name: 'f', from: './a', isDefault: false },
        { name: 'T', from: './a', isDefault: false, isType: true },
      ];
      const words = { quote: "'", semicolons: true, lineEnd: '\n', isModule: true, declares: 'const' } as const;
      assert.equal(changed(head, inOrder(importsOf(tree.tree, head, wanted, words))), after);
      const alone = importsOf(tree.tree, head, wanted.slice(1), words);
      assert.match(changed(head, alone), /import type \{ (?:U, )?T \} from '.\/a'|\{ g, type T \}/);
      tree.dispose();
    });
  }

  it('are required behind what stands in front of everything', async () => {
    const head = "'use strict';\n\nit('a', () => {});\n";
    const tree = await SyntaxTree.parse('javascript', head);
    const words = { quote: "'", semicolons: true, lineEnd: '\n', isModule: false, declares: 'const' } as const;
    const after = "'use strict';\nconst { f } = require('./a');\n\nit('a', () => {});\n";
    assert.equal(changed(head, importsOf(tree.tree, head, [{ name: 'f', from: './a', isDefault: false }], words)), after);
    tree.dispose();
  });

  it('are told behind the text', async () => {
    const tree = await SyntaxTree.parse('typescript', "import { g } from './code';");
    const ways = new Map([['f', [{ path: 'all.f' }, { path: 'f', from: './code' }]]]);
    assert.equal(waysText(true, 'lab', ways), ';import * as __assay_0 from "./code";lab.u({"f":[()=>all.f,()=>__assay_0["f"]]});\n');
    const whole = new Map([['f', [{ path: 'f', from: './code', isDefault: true }]]]);
    assert.match(waysText(false, 'lab', whole), /lab\.u\(\{"f":\[\(\)=>\(__assay_0\.default\?\?__assay_0\)\]\}\)/);
    tree.dispose();
  });
});
