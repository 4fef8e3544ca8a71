import assert from 'node:assert/strict';
import { pieces as piecesOf, SyntaxTree } from '../../syntax/index.ts';
import { NO_CONFIG, type ProjectConfig } from '../../workspace/index.ts';
import type { ResolvedMutant, ResolvedPiece } from '../resolve.ts';
import { Sifter } from './sifter.ts';

const TEXT = `export function run(a) {
  console.log('run');
  if (a === 1) {
    return 'one';
  }
  return 'more';
}
`;

/** Mutants of the function above, `code -> replacement mutator status`, and the reason why each is suppressed. */
const MUTANTS: [text: string, reason?: string][] = [
  ['\'run\' -> "" StringLiteral Survived', 'arid: logging'],
  ['a === 1 -> false ConditionalExpression Survived'],
  ["{\n    return 'one';\n  } -> {} BlockStatement NoCoverage", 'duplicate: the same as when `a === 1` is always false, line 3'],
  ['\'more\' -> "" StringLiteral Killed'],
  ["return 'more'; -> return 'more' CallExpression Survived", 'equivalent: the program does the same with this change'],
];

describe('Sifter', () => {
  it('says why a mutant is suppressed, and leaves the others as they are', async () => {
    assert.deepEqual(
      await reasonsOf(MUTANTS),
      MUTANTS.map(([, reason]) => reason),
    );
  });

  it('suppresses what the project calls not useful, and its doubles', async () => {
    const config: ProjectConfig = { ...NO_CONFIG, mutation: { arid: [], notUseful: [{ mutator: 'ConditionalExpression', original: 'a === 1' }] } };
    const [, condition, block] = await reasonsOf(MUTANTS, config);
    assert.deepEqual([condition, block], ['not useful: called not useful in assay.config.json', MUTANTS[2]?.[1]]);
  });

  it('lets the rules of the project go first', async () => {
    const [log] = await reasonsOf(MUTANTS, { ...NO_CONFIG, mutation: { arid: [{ why: 'chatter', call: ['console.log'] }], notUseful: [] } });
    assert.equal(log, 'arid: chatter');
  });

  it('leaves a function alone that no test runs, and one that has changed', async () => {
    const uncovered = MUTANTS.map(([text]): [string] => [text.replace(/\w+$/, 'NoCoverage')]);
    assert.ok((await reasonsOf(uncovered)).every((reason) => reason === undefined));
    assert.ok((await reasonsOf(MUTANTS, NO_CONFIG, { stale: true })).every((reason) => reason === undefined));
  });

  it('says that it is not done when time is up, and is done when asked often enough', async () => {
    const tree = await SyntaxTree.parse('javascript', TEXT);
    const sifter = new Sifter(NO_CONFIG);
    assert.equal(sifter.sift('a.js', tree, [pieceOf(tree, MUTANTS)], 0).pending, true);
    assert.equal(sifter.sift('a.js', tree, [pieceOf(tree, MUTANTS)]).pending, false);
    assert.equal(sifter.sift('a.js', tree, [pieceOf(tree, MUTANTS)], 0).pending, false);
    tree.dispose();
  });
});

async function reasonsOf(mutants: [string, string?][], config = NO_CONFIG, more: Partial<ResolvedPiece> = {}): Promise<(string | undefined)[]> {
  const tree = await SyntaxTree.parse('javascript', TEXT);
  const { pieces } = new Sifter(config).sift('a.js', tree, [{ ...pieceOf(tree, mutants), ...more }]);
  tree.dispose();
  return pieces.flatMap((piece) => piece.mutants.map(({ suppressed }) => suppressed && `${suppressed.kind}: ${suppressed.reason}`));
}

function pieceOf(tree: SyntaxTree, mutants: [string, string?][]): ResolvedPiece {
  const [piece] = piecesOf(tree.tree);
  assert.ok(piece);
  return {
    name: piece.name,
    kind: piece.kind,
    range: piece.range,
    stale: false,
    judgedAt: 0,
    scanned: false,
    mutants: mutants.map(([text], i) => mutantOf(text, String(i))),
  };
}

function mutantOf(text: string, id: string): ResolvedMutant {
  const [, original = '', replacement = '', mutator = '', status] = /^(.*?) -> (.*) (\w+) (\w+)$/s.exec(text) ?? [];
  const start = TEXT.indexOf(original);
  const place = (offset: number) => ({ line: TEXT.slice(0, offset).split('\n').length - 1, column: offset - TEXT.lastIndexOf('\n', offset - 1) - 1 });
  return {
    ...{ id, mutator, original, replacement, static: false, coveredBy: [], killedBy: [] },
    status: status as ResolvedMutant['status'],
    range: { start: place(start), end: place(start + original.length) },
  };
}
