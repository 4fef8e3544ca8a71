import { bandOf, type TestAudit } from '../audit/index.ts';
import { Lines, type Range } from '../model/index.ts';
import type { WitnessedFile } from './witnessed.ts';

/** How soon a false positive should be mended. */
const PRIORITIES = ['critical', 'high', 'medium', 'low'] as const;
export type Priority = (typeof PRIORITIES)[number];

/** A test that passes whatever the code does. */
export interface FalsePositive {
  /** Absolute path. */
  file: string;
  test: TestAudit;
  place: Range;
  priority: Priority;
  /** What it is that makes it so. */
  sentence: string;
  breakages: number;
  /** Names of the functions that it runs. */
  functions: string[];
}

/**
 * The tests that nothing makes fail, those first that should be mended first: where a test is all that a function has, whoever relies on it is deceived the
 * most; where other tests notice what happens to the same functions, the less so, the less it pretends to check. The order is our judgement.
 *
 * @param files all that was seen of the tests of one package
 */
export function falsePositives(files: readonly WitnessedFile[]): FalsePositive[] {
  const checked = new Set<string>();
  for (const { seen } of files) {
    for (const { verdict, reached } of seen.values()) if (verdict === 'noticed') for (const one of reached) checked.add(keyOf(one));
  }
  const found = files.flatMap(({ file, text, audit, seen }) => {
    const lines = new Lines(text);
    return [...seen].flatMap(([number, { verdict, breakages, reached }]): FalsePositive[] => {
      const test = audit.tests[number];
      if (!test || verdict !== 'unnoticed') return [];
      const alone = reached.filter((one) => !checked.has(keyOf(one)));
      const functions = [...new Set(reached.map(({ name }) => name))];
      const place = { start: lines.positionAt(test.head.start), end: lines.positionAt(test.head.end) };
      return [{ file, test, place, breakages, functions, ...priorityOf(test, alone, reached.length) }];
    });
  });
  return found.sort((a, b) => PRIORITIES.indexOf(a.priority) - PRIORITIES.indexOf(b.priority) || b.breakages - a.breakages);
}

function priorityOf(test: TestAudit, alone: readonly { name: string }[], all: number): Pick<FalsePositive, 'priority' | 'sentence'> {
  const names = [...new Set(alone.map(({ name }) => `\`${name}\``))].slice(0, 3).join(', ');
  if (alone.length > 0 && alone.length === all)
    return { priority: 'critical', sentence: `Of the tests that were run, no other checks what it runs: ${names} can do anything.` };
  if (alone.length > 0) return { priority: 'high', sentence: `Of the tests that were run, no other checks ${names}.` };
  const pretends = bandOf(test.strength) === 'behaviour' || bandOf(test.strength) === 'comprehensive';
  return pretends
    ? { priority: 'medium', sentence: `It looks as if it checked behaviour (strength ${test.strength}); other tests check what it runs.` }
    : { priority: 'low', sentence: 'Other tests check what it runs.' };
}

function keyOf({ file, name }: { file: string; name: string }): string {
  return `${file}\0${name}`;
}
