import assert from 'node:assert/strict';
import { knownAs } from './known-as.ts';

/** A mutated file, a test file, a line of it, and the names that it knows all of that file, or its default export, by. */
const CASES: [file: string, line: string, names: string[] | undefined][] = [
  ['/p/lib/parse-url.js', "const parseUrl = require('../lib/parse-url.js')", ['parseUrl']],
  ['/p/lib/parse-url.js', "import parse, { other } from '../lib/parse-url';", ['parse']],
  ['/p/lib/parse-url.ts', "import * as all from '../lib/parse-url.js';", ['all']],
  ['/p/lib/parse-url.ts', "import { parse } from '../lib/parse-url.js';", []],
  ['/p/lib/index.js', "const lib = require('../lib')", ['lib']],
  ['/p/lib/parse-url.js', "const parseUrl = require('../lib/other/parse-url.js')", undefined],
  ['/p/lib/parse-url.js', "const lib = require('../lib')", undefined],
];

describe('the names that a test file knows a file by', () => {
  for (const [file, line, names] of CASES) {
    it(`${file}, of ${line}`, async () => {
      assert.deepEqual(await knownAs(file, '/p/test/a.test.ts', line), names);
    });
  }
});
