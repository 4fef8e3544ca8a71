import type { AuditedPackage, AuditedTest, AuditedTestFile } from '../../server/protocol.ts';
import type { Group } from './bands.ts';
import type { State } from './state.ts';

/** A test with its file. */
export interface ListedTest {
  test: AuditedTest;
  file: AuditedTestFile;
  /** What tells it from the others. */
  key: string;
}

/** What decides which tests are listed. */
export type Filters = Pick<State, 'search' | 'group' | 'rule' | 'file'>;

/** The tests of a package that pass the filters, the weakest first; those that are not run come last. */
export function listedTests(chosen: AuditedPackage, { search, group, rule, file }: Filters): ListedTest[] {
  const words = search.toLowerCase().split(/\s+/);
  return allTests(chosen).filter(
    (one) =>
      (group === undefined || groupOf(one.test) === group) &&
      (rule === undefined || one.test.rules.includes(rule)) &&
      (file === undefined || one.file.uri === file) &&
      words.every((word) => one.words.includes(word)),
  );
}

/** The group that a test is in. */
export function groupOf({ state, band }: AuditedTest): Group {
  return state === 'skipped' ? 'not run' : band;
}

/** How many tests are in each group. */
export function countGroups({ summary }: AuditedPackage): Record<Group, number> {
  return { ...summary.bands, 'not run': summary.skipped };
}

/** The rules that were broken, the most often broken first. */
export function brokenRules({ summary }: AuditedPackage): { rule: string; count: number }[] {
  return Object.entries(summary.findings)
    .map(([rule, count]) => ({ rule, count }))
    .sort((a, b) => b.count - a.count);
}

/** The rules of what is only hinted at, the most frequent first. */
export function hintedRules({ files }: AuditedPackage): { rule: string; count: number }[] {
  const counts = new Map<string, number>();
  for (const { rule, severity } of files.flatMap(({ findings }) => findings)) if (severity === 'hint') counts.set(rule, (counts.get(rule) ?? 0) + 1);
  return [...counts].map(([rule, count]) => ({ rule, count })).sort((a, b) => b.count - a.count);
}

/** How many findings a package has. */
export function countFindings({ summary }: AuditedPackage): number {
  return Object.values(summary.findings).reduce((sum, count) => sum + count, 0);
}

/** How a test is named under its suites. */
export function titleOf(title: readonly string[]): { suites: string; own: string } {
  return { suites: title.slice(0, -1).join(' › '), own: title.at(-1) ?? '' };
}

interface SearchableTest extends ListedTest {
  words: string;
}

/** Sorted once: packages are never changed, only replaced. */
const sorted = new WeakMap<AuditedPackage, SearchableTest[]>();

function allTests(chosen: AuditedPackage): SearchableTest[] {
  let tests = sorted.get(chosen);
  if (!tests) {
    tests = chosen.files
      .flatMap((file) =>
        file.tests.map((test) => {
          const { line, column } = test.range.start;
          return { test, file, key: `${file.uri}:${line}:${column}`, words: `${test.title.join(' ')} ${file.path}`.toLowerCase() };
        }),
      )
      .sort((a, b) => rank(a.test) - rank(b.test));
    sorted.set(chosen, tests);
  }
  return tests;
}

function rank({ state, strength }: AuditedTest): number {
  return state === 'skipped' ? 101 : strength;
}
