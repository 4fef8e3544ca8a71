import type { ResolvedMutant, ResolvedPiece } from '../resolve.ts';

/**
 * What a survivor is worth to someone who looks for a missing test, in points. Only their order matters; a point is about what lifts a survivor over its
 * neighbour of the next kind. Each weight says where it comes from; docs/configuration.md shows this table.
 */
export const WEIGHTS = {
  kind: {
    what: 'What the mutator changed',
    from: 'Our judgement on the survivors of nine files of public projects: decisions, boundaries and results are what tests are for, texts and empty containers mostly not',
    points: {
      EqualityOperator: 6,
      ConditionalExpression: 6,
      LogicalOperator: 6,
      ArithmeticOperator: 6,
      AssignmentOperator: 5,
      UpdateOperator: 5,
      UnaryOperator: 5,
      CallExpression: 5,
      ArrowFunction: 5,
      BlockStatement: 5,
      BooleanLiteral: 4,
      MethodExpression: 4,
      Regex: 3,
      OptionalChaining: 3,
      ArrayDeclaration: 2,
      ObjectLiteral: 2,
      StringLiteral: 1,
    } as Readonly<Record<string, number>>,
    other: 3,
  },
  pseudoTested: {
    what: 'The whole body of a function can go',
    from: 'Pseudo-tested functions stand in every project that was studied, and one test mends all that is in them (Niedermayr et al., 2016)',
    points: 5,
  },
  mixed: {
    what: 'Tests notice other mutants of the function',
    from: 'More than 90 % of lines have all their mutants noticed or none: where tests do check, what they miss is a gap and no neglect (Petrović and Ivanković, 2018)',
    points: 2,
  },
  tests: {
    what: 'Each doubling of the number of tests that ran it, up to 16',
    from: 'Many tests that run a line and do not check it mislead most; our judgement; beyond 16 the number says only that the line is central',
    points: 0.5,
    most: 4,
  },
  decisions: {
    what: 'Each doubling of the number of decisions in the function, up to 16',
    from: 'Our judgement: faults gather in code with many branches; counted by the places that mutators of conditions found',
    points: 0.5,
    most: 4,
  },
  again: {
    what: 'For each survivor of the same function that is shown already',
    from: 'Our judgement: seven of one function teach less than one of each of seven; so much that a second one must be of a clearly better kind',
    points: -2,
  },
} as const;

const DECIDING = /^(ConditionalExpression|LogicalOperator|EqualityOperator)$/;

/** What the mutants of a function tell of it: what is the same for all its survivors. */
export interface PieceWorth {
  points: number;
  /** Where its body begins: the block that ends where the function ends. */
  isBody(mutant: ResolvedMutant): boolean;
}

/** What a function adds to the worth of its survivors. */
export function worthOfPiece(piece: ResolvedPiece): PieceWorth {
  const places = new Set(
    piece.mutants.filter(({ mutator }) => DECIDING.test(mutator)).map(({ range }) => `${range.start.line}:${range.start.column}`),
  );
  const isMixed = piece.mutants.some(({ status }) => status === 'Killed' || status === 'Timeout');
  const { end } = piece.range;
  return {
    points: (isMixed ? WEIGHTS.mixed.points : 0) + doublings(places.size, WEIGHTS.decisions),
    isBody: ({ mutator, range }) =>
      piece.kind === 'function' && mutator === 'BlockStatement' && range.end.line === end.line && Math.abs(range.end.column - end.column) <= 1,
  };
}

/** The worth of a survivor, before it is known what else is shown. */
export function worthOf(mutant: ResolvedMutant, piece: PieceWorth): number {
  const kind = WEIGHTS.kind.points[mutant.mutator] ?? WEIGHTS.kind.other;
  const body = piece.isBody(mutant) ? WEIGHTS.pseudoTested.points : 0;
  return kind + body + piece.points + doublings(mutant.coveredBy.length, WEIGHTS.tests);
}

/** Points for a number that counts by its doublings: 0 for none and one, `most` times the points from 2^`most` on. */
function doublings(number: number, { points, most }: { points: number; most: number }): number {
  return points * Math.min(most, Math.log2(Math.max(1, number)));
}
