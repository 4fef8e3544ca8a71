import { readFileSync } from 'node:fs';
import path from 'node:path';
import { Auditor, type TestAudit } from '../../engine/audit/index.ts';
import type { KillsOfTest } from '../kills.ts';
import { weakened } from './weakened.ts';

/** A test, with the share of the mutants it runs that it notices alone. */
export interface MeasuredTest {
  repository: string;
  test: TestAudit;
  share: number;
  kills: KillsOfTest;
}

/** Tests that run fewer mutants than this tell more of chance than of themselves. */
const FEWEST_COVERED = 5;

/** Reads what `bench/kills.ts` wrote, with what the audit says of the same tests in the clones: `checkouts` holds a folder for each repository. */
export async function measuredTests(checkouts: string, files: readonly string[]): Promise<MeasuredTest[]> {
  const auditor = await Auditor.create();
  const audits = new Map<string, readonly TestAudit[]>();
  return files
    .flatMap((name) => readFileSync(name, 'utf8').split('\n'))
    .flatMap((line): MeasuredTest[] => {
      if (line === '') return [];
      const kills = JSON.parse(line) as KillsOfTest;
      const covered = kills.noticed.length + kills.unnoticed.length;
      if (covered < FEWEST_COVERED) return [];
      const file = path.join(checkouts, kills.folder, kills.file);
      const key = `${kills.isWeakened} ${file}`;
      const tests = audits.get(key) ?? auditsOf(file, kills.isWeakened);
      audits.set(key, tests);
      const test = tests.find(({ start, end }) => start === kills.start && end === kills.end);
      return test ? [{ repository: kills.repository, test, share: kills.noticed.length / covered, kills }] : [];
    });

  function auditsOf(file: string, isWeakened: boolean): readonly TestAudit[] {
    const text = readFileSync(file, 'utf8');
    const audit = auditor.audit(file, text);
    if (!audit || !isWeakened) return audit?.tests ?? [];
    return auditor.audit(file, weakened(text, audit))?.tests ?? [];
  }
}

/** Tests by their repositories; of those with a few only, no order can be told. */
export function byRepository(tests: readonly MeasuredTest[], fewest = 8): Map<string, MeasuredTest[]> {
  const groups = Map.groupBy(tests, ({ repository }) => repository);
  return new Map([...groups].filter(([, { length }]) => length >= fewest));
}
