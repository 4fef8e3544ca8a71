import assert from 'node:assert/strict';
import { bare, SyntaxTree } from '../syntax/index.ts';
import { linksOf } from './links.ts';

/** Texts, and what they take from other files: names as `local=imported`, `^` where it is handed on. */
const CASES: Record<string, string> = {
  "import a, { b, c as d } from './x.js';": './x.js a=default b=b d=c',
  "import * as all from './x';": './x all=*',
  "import './x';": './x',
  "import type { A } from './x';": '',
  "import { a } from './x';\nexport { a };": './x^ a=a',
  "import { a } from './x';\nexport default a;": './x^ a=a',
  "import { a } from './x';\nexport default () => a();": './x a=a',
  "export * from './x';\nexport { a } from './y';\nexport type { B } from './z';": './x^, ./y^ a=a',
  "export * as all from './x';\nexport { default as b } from './y';": './x^ all=*, ./y^ b=default',
  "exports.a = require('./x');\nmodule.exports.b = require('./y').c;": './x^ a=*, ./y^ b=c',
  "const a = require('./x');": './x a=*',
  "const { a, b: c } = require('./x');": './x a=a c=b',
  "const a = require('./x').b;\nexports.a = a;": './x^ a=b',
  "module.exports = require('./x');": './x^',
  "exports.a = { b: require('./x') };": './x^ b=*',
  "module.exports = () => require('./x');": './x',
  "const a = require('./x');\nfunction f() {}\nObject.assign(f, a);\nmodule.exports = f;": './x^ a=*',
  "const f = async () => { const { a } = await import('./x'); };": './x',
};

describe('what a file takes from others', () => {
  for (const [text, expected] of Object.entries(CASES)) {
    it(text.replaceAll('\n', ' '), async () => {
      const tree = await SyntaxTree.parse('typescript', text);
      const links = linksOf(bare(tree.tree, text)).map(({ specifier, names, isHandedOn }) =>
        [`${specifier}${isHandedOn ? '^' : ''}`, ...names.map(({ local, imported }) => `${local}=${imported}`)].join(' '),
      );
      tree.dispose();
      assert.equal(links.join(', '), expected);
    });
  }
});
