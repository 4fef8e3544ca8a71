import type { Fact } from './facts.ts';
import type { RuleId, Severities, Severity } from './rules.ts';

/** A stretch of a text by offsets in UTF-16 units; `end` is exclusive. */
export interface Span {
  start: number;
  end: number;
}

/**
 * What may keep an assertion from running: it stands in a loop over something that may be empty, in a branch, in a `catch`, or in a callback that nothing
 * makes sure is called.
 */
export type Certainty = 'always' | 'loop' | 'conditional' | 'catch' | 'callback';

/** Why an assertion can never fail, or its failure is never heard of. */
export type Flaw = 'tautology' | 'unawaited' | 'uncalled' | 'mock' | 'swallowed' | 'empty-snapshot' | 'misspelt';

/** An assertion of a test. */
export interface Check extends Span {
  /** The kind of fact that it states. */
  fact: Fact;
  /** What is looked at, as it is written, without white space: the same fact about the same subject is one fact. */
  subject: string;
  /** How many values it spells out, at least 1. */
  details: number;
  certainty: Certainty;
  /** Where the outermost loop, branch or callback begins that makes it uncertain. */
  guard?: number;
  /** Whether what it depends on could not be understood: then nobody can say that it may not run. */
  isDoubted?: true;
  flaw?: Flaw;
  /** Whether its flaw, or what may keep it from running, has a shape that is told; else it is only hinted at. */
  isPlain?: boolean;
  /** Whether the error that it wants, whichever it is, may be only on the way to what the test is about: it looks at other things behind it. */
  isOnTheWay?: true;
  /** Whether that any error satisfies it is no weakness: it says that something else does not hold, or may say no more. */
  isAnyMeant?: true;
  /** What sets its flaw right. */
  fix?: Fix;
  /** Whether its flaw is one of the call of the helper that makes it: nothing waits for that, or its failure is dropped. */
  isHelperLost?: boolean;
  /** The helper that makes it, where it does not stand in the test itself. */
  via?: string;
}

/** A place where whatever is thrown is dropped. */
export interface Dropped extends Span {
  /** Whether nothing says why. */
  isPlain?: true;
}

/** Whether a test is run: `focused` ones keep others from being run. */
export type TestState = 'run' | 'skipped' | 'focused';

/** A test as it is written, before it is judged. */
export interface TestCase extends Span {
  /** Titles of the suites around it and its own; a part that is only known at run time is spelled as it is written. */
  title: string[];
  /** The part of the text that names it: what a finding about the whole test is shown at. */
  head: Span;
  state: TestState;
  /** Whether the suite around it is told not to run, so that it need not be. */
  isToldAround: boolean;
  /** What lets the others run again where it is focused. */
  unfocus?: Fix;
  /** Rows of a literal table that it is run for; 1 where there is none. */
  rows: number;
  /** The body of the function that it runs, where that is written in this file; of scripts only. */
  code?: Span;
  /** Whether it runs anything at all. */
  acts: boolean;
  checks: Check[];
  /** Whether it calls what could not be read and may check something; asked only of tests without assertions. */
  mayCheckUnseen?: boolean;
  /** Whether it does nothing, or no more than come to a value that it drops; asked only of tests without assertions. */
  isIdle?: boolean;
  /** What catches all that its actions throw, and goes on. */
  dropped: Dropped[];
  /** What makes two tests the same: where they are declared, and their bodies and parameters without white space and comments. Empty where there is no body. */
  body: string;
}

/** Something wrong with a test. */
export interface Finding extends Span {
  /** The id of the rule: one of Assay's own ({@link RuleId}), or of the project's. */
  rule: string;
  message: string;
  /** Where it is another than that of the rule, or the rule is the project's; `hint` where it is only hinted at. */
  severity?: Severity;
  /** The address of a page about a rule of the project's. */
  page?: string;
  fixes?: Fix[];
}

/** A change of the text that sets a finding right. */
export interface Fix {
  title: string;
  edits: (Span & { text: string })[];
  /** The last word of its kind in its only edit, which a person has to replace: as it stands, the change says nothing. */
  blank?: string;
}

/** A change that has a test say more, for a person to choose. */
export interface Suggestion {
  fix: Fix;
  /** The assertion that it is about. */
  at: Span;
  /** The rule whose finding there it sets right; none where nothing is wrong. */
  rule?: RuleId;
  /** Whether it is right with the `expect` of Jest and Vitest alone, and the file does not say where its own comes from. */
  needsJest: boolean;
}

/** What a test checks. */
export interface TestAudit extends TestCase {
  /** 0 to 100. */
  strength: number;
  findings: Finding[];
}

/** What the tests of a file check. */
export interface FileAudit {
  tests: TestAudit[];
  /** Those of the tests, and those about code outside of tests, in the order of their places. */
  findings: Finding[];
  /** How severe the project takes what is found, for what is found later; as the rules say where missing. */
  severities?: Severities;
}
