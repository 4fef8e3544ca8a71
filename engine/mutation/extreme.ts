import type { Range } from '../model/index.ts';

/**
 * Extreme mutation removes the whole body of a function at once (Niedermayr et al., 2016). Of StrykerJS's mutants those do so that empty the block of
 * a function, and those that make an arrow function without a block return undefined.
 */

/** A mutant of StrykerJS's: zero-based lines and columns. */
interface PlacedMutant {
  fileName: string;
  mutatorName: string;
  location: Range;
}

const REMOVING = new Set(['BlockStatement', 'ArrowFunction']);

/** StrykerJS's other mutators: to leave them out when mutants are made takes less time than to make them. */
export const OTHER_MUTATORS: readonly string[] = [
  'ArithmeticOperator',
  'ArrayDeclaration',
  'AssignmentOperator',
  'BooleanLiteral',
  'CallExpression',
  'ConditionalExpression',
  'EqualityOperator',
  'LogicalOperator',
  'MethodExpression',
  'ObjectLiteral',
  'OptionalChaining',
  'Regex',
  'StringLiteral',
  'UnaryOperator',
  'UpdateOperator',
];

/** The mutants that remove one of these bodies, which are places as `functionBodies` gives them; all mutants of a file of which no bodies are told. */
export function extremeMutants<M extends PlacedMutant>(mutants: readonly M[], bodiesOf: (file: string) => readonly Range[] | undefined): M[] {
  const places = new Map([...new Set(mutants.map(({ fileName }) => fileName))].map((file) => [file, placesOf(bodiesOf(file))]));
  return mutants.filter(({ fileName, mutatorName, location }) => {
    const bodies = places.get(fileName);
    return !bodies || (REMOVING.has(mutatorName) && bodies.has(placeOf(location)));
  });
}

function placesOf(bodies: readonly Range[] | undefined): ReadonlySet<string> | undefined {
  return bodies && new Set(bodies.map(placeOf));
}

function placeOf({ start, end }: Range): string {
  return `${start.line}:${start.column}-${end.line}:${end.column}`;
}
