import type { Bare } from '../../syntax/index.ts';
import { type Standing, secure } from './certainty.ts';
import type { Gathered } from './gathered.ts';

/** What a language says of the statements of a block. */
export interface Statements<S extends Standing> {
  gathered: Gathered;
  /** Reads a statement, which others follow. */
  read(statement: Bare, standing: S, rest: readonly Bare[]): void;
  /** Whether a statement always fails. */
  fails(statement: Bare): boolean;
  /** Whether a statement leaves the test in some place. */
  returns(statement: Bare): boolean;
  /** Whether a statement may leave the test without a failure, so that what follows runs only under a condition. */
  mayLeave(statement: Bare): boolean;
}

/** Reads statements one after the other: what one of them does may make the others uncertain, and a failure behind one makes sure of what it asserts. */
export function readInOrder<S extends Standing>(all: readonly Bare[], standing: S, statements: Statements<S>): void {
  const { gathered } = statements;
  let after = standing;
  for (const [i, statement] of all.entries()) {
    const rest = all.slice(i + 1);
    const before = gathered.checks.length;
    statements.read(statement, after, rest);
    // Whether another statement fails is the dearest question, and of what asserts nothing it need not be asked.
    if (gathered.checks.length > before && statements.returns(statement) && rest.some((one) => statements.fails(one)))
      secure(gathered.checks, before, statement, after);
    if (statements.mayLeave(statement)) after = gathered.under(after, 'conditional', statement);
  }
}
