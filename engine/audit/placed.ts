import { Lines, type Range } from '../model/index.ts';
import type { FileAudit, Finding, Span, TestState } from './model.ts';
import { type Severity, severityOf } from './rules.ts';
import { type Band, bandOf } from './strength.ts';

/** A finding at its place. */
export interface PlacedFinding {
  /** The id of the rule: one of Assay's own, or of the project's. */
  rule: string;
  severity: Severity;
  message: string;
  range: Range;
}

/** What is told of a test outside of its text. */
export interface PlacedTest {
  /** Titles of the suites around it and its own. */
  title: string[];
  range: Range;
  state: TestState;
  strength: number;
  band: Band;
  /** How many assertions it has. */
  assertions: number;
  findings: PlacedFinding[];
  /** What it was seen to do when it ran, if it was run: `unnoticed` is a test that passes whatever the code does. */
  seen?: {
    verdict: 'noticed' | 'unnoticed' | 'undecided' | 'reaches-nothing' | 'fails';
    /** With how many changes to what it runs it passed, where nothing made it fail. */
    breakages: number;
    /** The functions that it runs. */
    functions: string[];
  };
}

/** What the tests of a file check, by positions and not by offsets. */
export interface PlacedAudit {
  tests: PlacedTest[];
  findings: PlacedFinding[];
}

/** Puts lines and columns in the place of offsets. */
export function placed({ tests, findings }: FileAudit, text: string): PlacedAudit {
  const lines = new Lines(text);
  const range = ({ start, end }: Span): Range => ({ start: lines.positionAt(start), end: lines.positionAt(end) });
  const place = (finding: Finding) => placedFinding(finding, lines);
  return {
    tests: tests.map((test) => ({
      title: test.title,
      range: range(test),
      state: test.state,
      strength: test.strength,
      band: bandOf(test.strength),
      assertions: test.checks.length,
      findings: test.findings.map(place),
    })),
    findings: findings.map(place),
  };
}

/** Puts lines and columns in the place of a finding's offsets. */
export function placedFinding(finding: Finding, lines: Lines): PlacedFinding {
  const { rule, message, start, end } = finding;
  return { rule, severity: severityOf(finding), message, range: { start: lines.positionAt(start), end: lines.positionAt(end) } };
}
