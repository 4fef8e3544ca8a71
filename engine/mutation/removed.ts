import { functionOfBody, type SyntaxTree } from '../syntax/index.ts';
import { quote } from './describe.ts';
import type { ResolvedMutant, ResolvedPiece } from './resolve.ts';

/** Finds for each mutant that removes the body of a function which function that is. */
export function withRemovedFunctions(pieces: readonly ResolvedPiece[], tree: SyntaxTree): ResolvedPiece[] {
  // Of a stale piece nobody knows where its mutants stand.
  return pieces.map((piece) => (piece.stale ? piece : { ...piece, mutants: piece.mutants.map((mutant) => withFunction(mutant, piece, tree)) }));
}

function withFunction(mutant: ResolvedMutant, { name }: ResolvedPiece, { tree }: SyntaxTree): ResolvedMutant {
  const found = /^(BlockStatement|ArrowFunction)$/.test(mutant.mutator) ? functionOfBody(tree, mutant.range) : undefined;
  if (!found) return mutant;
  return { ...mutant, removes: { title: found.isNamed ? `\`${name}\`` : `${quote(`${found.text} …`)}${name && ` in \`${name}\``}`, at: found.at } };
}
