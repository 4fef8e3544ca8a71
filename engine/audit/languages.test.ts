import assert from 'node:assert/strict';
import { readFileSync, writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { bare, SyntaxTree } from '../syntax/index.ts';
import { auditFile } from './audit.ts';
import { marked, unmarked } from './testing/marks.ts';

/** Each fixture carries its expectation, as those of JavaScript do; with UPDATE_FIXTURES=1 they are written anew. */
const FIXTURES = [
  { language: 'python', fixture: 'python/fixtures/tests.py.fixture', comment: '#' },
  { language: 'go', fixture: 'go/fixtures/tests.go.fixture', comment: '//' },
  { language: 'rust', fixture: 'rust/fixtures/tests.rs.fixture', comment: '//' },
] as const;

describe('what tests of other languages check', () => {
  for (const { language, fixture, comment } of FIXTURES) {
    it(`is as marked in ${fixture}`, async () => {
      const file = fileURLToPath(new URL(fixture, import.meta.url));
      const text = readFileSync(file, 'utf8');
      const plain = unmarked(text);
      const tree = await SyntaxTree.parse(language, plain);
      const found = marked(plain, auditFile({ file, language, root: bare(tree.tree, plain), read: () => undefined }), comment);
      if (process.env['UPDATE_FIXTURES']) writeFileSync(file, found);
      assert.equal(found, readFileSync(file, 'utf8'));
    });
  }
});
