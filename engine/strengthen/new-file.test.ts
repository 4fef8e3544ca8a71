import assert from 'node:assert/strict';
import path from 'node:path';
import { newFileFor } from './new-file.ts';

/** A file, the test files that there are, and where one for it would stand, with the one that it is to be like. */
const CASES: [file: string, testFiles: string[], found: string | undefined][] = [
  ['src/cut.ts', ['test/price.test.ts'], 'test/cut.test.ts like test/price.test.ts'],
  ['src/a/cut.ts', ['test/price.spec.js'], 'test/cut.spec.js like test/price.spec.js'],
  ['src/a/cut.ts', ['test/x.test.ts', 'test/a/b.test.ts'], 'test/a/cut.test.ts like test/a/b.test.ts'],
  ['src/a/cut.ts', ['src/b/x.test.ts', 'src/a/y.test.ts'], 'src/a/cut.test.ts like src/a/y.test.ts'],
  ['src/a/cut.tsx', ['src/b/x.spec.tsx'], 'src/a/cut.spec.tsx like src/b/x.spec.tsx'],
  ['src/a/cut.js', ['src/b/__tests__/x.js'], 'src/a/__tests__/cut.js like src/b/__tests__/x.js'],
  ['src/a/cut.js', ['__tests__/xTest.js'], '__tests__/cutTest.js like __tests__/xTest.js'],
  ['lib/cut.js', ['test/cart-test.js', 'test/index.js'], 'test/cut-test.js like test/cart-test.js'],
  ['cut.js', ['cart_test.mjs'], 'cut_test.mjs like cart_test.mjs'],
  ['cut.js', [], undefined],
];

describe('where a test file would stand', () => {
  for (const [file, testFiles, expected] of CASES) {
    it(`for ${file} beside ${testFiles.join(', ') || 'none'}`, () => {
      const directory = path.resolve('/p');
      const absolute = (one: string) => path.join(directory, one);
      const found = newFileFor(absolute(file), testFiles.map(absolute), directory);
      const name = (one: string) => path.relative(directory, one).split(path.sep).join('/');
      assert.equal(found && `${name(found.path)} like ${name(found.model)}`, expected);
    });
  }
});
