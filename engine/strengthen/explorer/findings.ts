import type { Literal } from '../literals.ts';
import type { NamedFunction } from '../owners.ts';
import type { Outcome, Scenario } from '../scenario.ts';
import type { Member } from '../signatures.ts';
import type { Sighting } from '../tightener/findings.ts';
import type { Budget } from './search.ts';
import type { Pool, Taken } from './variations.ts';

/** What tells a mutant from the others of a file; ids are only known where it runs. */
export interface MutantKey {
  range: { start: { line: number; column: number }; end: { line: number; column: number } };
  mutator: string;
  replacement: string;
}

/** What the explorer is asked: which mutants of a file to tell from the original. */
export interface Exploration {
  mutants: (MutantKey & {
    pool: Pool;
    /** The names of the functions that run it: the one it stands in, and those that call or use that. */
    owners: string[];
    /** The function that it stands in. */
    within: NamedFunction | undefined;
    /** Whether it is part of a condition. */
    decides: boolean;
    /** Whether its code runs when its module is loaded. */
    isStatic: boolean;
    /** Where that shows: uses of the variable whose value it is. */
    uses: MutantKey['range']['start'][];
    /** Whether tests run it: then the values in them may be others with it. */
    isRun: boolean;
  })[];
  /** Whether to look at the values in tests first; mutants that change one are not searched for. */
  watches: boolean;
  /** Full names of the tests in which values are looked at; all where missing. */
  only?: readonly string[];
  /** Whether calls may be tried that nobody chose. */
  tries: boolean;
  /** Functions and classes that the test file does not use, what each way to one calls it by, and lists of arguments that it may take. */
  unused: { name: string; kind: 'function' | 'new'; paths: string[]; argumentLists: Literal[][] }[];
  /** What functions and methods of the file take. */
  taken: Taken[];
  /** What objects of classes of the file can be asked, and whether mutants can be run by that. */
  members: (Member & { isAsked: boolean })[];
  /** How much may be tried for each. */
  budget: Budget;
  /** Whether values of other kinds than tests gave are not tried: types may forbid them. */
  isCautious: boolean;
  /** Whether this process can change nothing outside: then tests may fail for that. */
  isConfined: boolean;
  /** Whether calls that do not come to an end are broken off, which takes longer for all: a process came to a bad end before. */
  isHasty: boolean;
}

/** How many calls of its function in which a mutant's own condition came to something else, and the call did not, make it likely that no call ever will. */
export const ENOUGH_INFECTIONS = 20;

/** What it answers: what was found for each mutant. Mutants are indexes into what was asked. */
export type Finding =
  | { kind: 'unusable'; why: string }
  /** It begins with a mutant. */
  | { kind: 'begins'; mutant: number }
  | Sighting
  | ({ kind: 'difference' } & Difference)
  | {
      kind: 'none';
      mutant: number;
      tries: number;
      /** How many of the tries ran the mutated code. */
      reached: number;
      /** In how many of these the mutant's own condition came to something else, as far as that was looked at and says something; 0 where its code runs when it is loaded. */
      infected: number;
      /** What most of these called, and were kept from. */
      kept?: string;
    };

/** Calls on which a mutant and the original differ. */
export interface Difference {
  mutant: number;
  scenario: Scenario;
  outcome: Outcome;
  mutated: Outcome;
  /** The full name of the test in which the calls, or others like them, were observed; empty where they stand outside of all tests. */
  test: string;
  /** Whether these very calls were observed: the test makes them, and does not look at what comes of them. */
  observed: boolean;
  /** Functions that it calls and that the test file does not use, with the way to each. */
  unused: { name: string; way: number }[];
  /** All mutants asked for whose outcome differs, but for those that something was found for before: these are in `also`. */
  kills: number[];
  also: number[];
  tries: number;
}

/** What a mutant is known by, wherever it runs. */
export function mutantKey({ range: { start, end }, mutator, replacement }: MutantKey): string {
  return JSON.stringify([start.line, start.column, end.line, end.column, mutator, replacement]);
}
