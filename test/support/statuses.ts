import { readFileSync } from 'node:fs';
import path from 'node:path';
import { assay } from './assay.ts';

/** What a run judged and what it said. */
export interface Judged {
  /** Each mutant, by its place and what it becomes, with its status. */
  statuses: Record<string, string>;
  /** How many tests ran for each. */
  ran: Record<string, number>;
  said: string;
}

/** Judges a project's mutants and answers the status of each. */
export async function judge(directory: string, ...args: string[]): Promise<Judged> {
  const { status, out, err } = await assay(directory, ['mutate', '--json', 'out.json', ...args]);
  if (status !== 0) throw new Error(`assay mutate ended with ${status}:\n${out}\n${err}`);
  const report = JSON.parse(readFileSync(path.join(directory, 'out.json'), 'utf8')) as Report;
  const statuses: Record<string, string> = {};
  const ran: Record<string, number> = {};
  for (const [file, { mutants }] of Object.entries(report.files)) {
    for (const { location, mutatorName, replacement, status, testsCompleted = 0 } of mutants) {
      const { start, end } = location;
      const mutant = `${file}:${start.line}:${start.column}-${end.line}:${end.column} ${mutatorName} ${replacement}`;
      statuses[mutant] = status;
      ran[mutant] = testsCompleted;
    }
  }
  return { statuses, ran, said: out + err };
}

/** The same with what timed out as killed: whether a failing test or an endless loop is met first follows from how long tests took. */
export function noticed(statuses: Judged['statuses']): Judged['statuses'] {
  return Object.fromEntries(Object.entries(statuses).map(([mutant, status]) => [mutant, status === 'Timeout' ? 'Killed' : status]));
}

interface Report {
  files: Record<
    string,
    { mutants: { location: { start: Point; end: Point }; mutatorName: string; replacement: string; status: string; testsCompleted?: number }[] }
  >;
}

interface Point {
  line: number;
  column: number;
}
