import assert from 'node:assert/strict';
import { SyntaxTree } from '../../syntax/index.ts';
import { KnownParts } from './known-parts.ts';

describe('KnownParts', () => {
  let tree: SyntaxTree;
  let parts: KnownParts;
  let made: number;

  beforeEach(async () => {
    tree = await SyntaxTree.parse('javascript', 'f();\nf();\ng();\n');
    parts = new KnownParts();
    made = 0;
  });
  afterEach(() => tree.dispose());

  it('makes a form once for all parts with the same text', () => {
    assert.deepEqual([formOf(0), formOf(1), made], ['form 1', 'form 1', 1]);
    assert.deepEqual([formOf(2), made], ['form 2', 2], 'another text');
    assert.deepEqual([formOf(0, 'test'), made], ['form 3', 3], 'another kind of form');
  });

  it('makes a form each time that depends on what stands around', () => {
    assert.deepEqual([formOf(0, 'form', true), formOf(1, 'form', true)], ['form 1', 'form 2']);
  });

  it('learns nothing when it is settled', () => {
    formOf(0);
    parts.settle();
    assert.deepEqual([formOf(1), formOf(2), formOf(2)], ['form 1', 'form 2', 'form 3']);
  });

  function formOf(statement: number, kind = 'form', looks = false): string {
    const node = tree.tree.rootNode.namedChild(statement);
    assert.ok(node);
    return parts.form(kind, node, () => {
      if (looks) parts.looksAround();
      return `form ${++made}`;
    });
  }
});
