import type { Fact } from '../facts.ts';
import type { Check, Flaw, Span } from '../model.ts';
import type { Standing } from './certainty.ts';

/** What an assertion states. */
export interface Stated<Subject = string> {
  fact: Fact;
  subject: Subject;
  details?: number;
  flaw?: Flaw;
  /** Whether its flaw has a shape that is told. */
  isPlain?: boolean;
  /** It always fails: `assert False`. */
  fails?: true;
}

/** The assertion that states something where it stands; `shown` is the place of findings about it. */
export function checkOf(
  { fact, subject, details = 1, flaw, isPlain: own }: Stated,
  { certainty, guard, flaw: around, isPlain }: Standing,
  { start, end }: Span,
): Check {
  const wrong = flaw ?? around;
  return {
    fact,
    subject,
    details: Math.max(1, details),
    certainty,
    ...(guard !== undefined && { guard }),
    ...(wrong && { flaw: wrong }),
    ...(flaw ? own !== undefined && { isPlain: own } : isPlain && { isPlain }),
    start,
    end,
  };
}
