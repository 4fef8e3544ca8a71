import assert from 'node:assert/strict';
import { SyntaxTree } from '../../syntax/index.ts';
import { beginningOf } from './index.ts';

/** A test file, and what one like it for `cut` begins with; `|` is where its first test goes. */
const CASES: [model: string, begins: string | undefined][] = [
  [
    "import { afterEach, describe, expect, it, vi } from 'vitest';\nimport { a } from './a';\n\ndescribe('a', () => {\n  it('b', () => {\n    expect(a()).toBe(1);\n  });\n});\n",
    "import { describe, expect, it } from 'vitest';\n\ndescribe('cut', () => {|\n});\n",
  ],
  [
    '"use strict"\nconst assert = require("assert")\nconst fs = require("fs")\nconst a = require("..")\n\nit("b", function () {\n  assert.equal(a(), 1)\n})\n',
    '"use strict"\nconst assert = require("assert")|\n',
  ],
  ["test('b', () => {\n  expect(a()).toBe(1);\n});\n", '|\n'],
  ["describe('a', function () {\n    it('b', function () {\n        expect(a()).toBe(1);\n    });\n});\n", "\ndescribe('cut', function () {|\n});\n"],
  [
    "import test, { describe } from 'node:test';\nimport { equal, deepEqual, match } from 'node:assert';\n\ntest('b', () => {\n  equal(1, 1);\n});\n",
    "import test from 'node:test';\nimport { equal } from 'node:assert';|\n",
  ],
  ['const a = 1;\n', undefined],
];

describe('the beginning of a test file that is not there', () => {
  for (const [model, begins] of CASES) {
    it(JSON.stringify(begins ?? model), async () => {
      const tree = await SyntaxTree.parse('typescript', model);
      const skeleton = beginningOf(tree, 'cut');
      tree.dispose();
      const { text = '', place } = skeleton ?? {};
      assert.equal(place && `${text.slice(0, place.offset)}|${text.slice(place.offset)}`, begins);
    });
  }
});
