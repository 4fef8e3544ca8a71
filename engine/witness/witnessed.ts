import { type FileAudit, type Finding, type PlacedAudit, placedFinding, settled } from '../audit/index.ts';
import { Lines } from '../model/index.ts';
import { findingsSeen } from './seen.ts';
import type { HashOfFile, KnownTestimony, Testimonies } from './testimonies.ts';

/** A test file with what its tests were seen to do. */
export interface WitnessedFile {
  /** Absolute path. */
  file: string;
  text: string;
  audit: FileAudit;
  /** What is known of its tests, by their places in the audit. */
  seen: ReadonlyMap<number, KnownTestimony>;
  /** What is wrong by what was seen. */
  findings: Finding[];
}

/** What is known of the tests of a file, as its text is now. */
export function witnessed(testimonies: Testimonies, file: string, text: string, audit: FileAudit, hashOfFile: HashOfFile): WitnessedFile {
  const seen = testimonies.of(file, text, audit, hashOfFile);
  return { file, text, audit, seen, findings: settled(findingsSeen(audit, text, seen), audit.severities) };
}

/** An audit with what was seen of its tests. */
export function withSeen(placed: PlacedAudit, { text, seen, findings }: WitnessedFile): PlacedAudit {
  const lines = new Lines(text);
  const more = findings.map((one) => placedFinding(one, lines));
  const all = [...placed.findings, ...more].sort((a, b) => a.range.start.line - b.range.start.line || a.range.start.column - b.range.start.column);
  const tests = placed.tests.map((test, place) => {
    const known = seen.get(place);
    return known ? { ...test, seen: { verdict: known.verdict, breakages: known.breakages, functions: known.reached.map(({ name }) => name) } } : test;
  });
  return { tests, findings: all };
}
