import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { assay, type Said } from './assay.ts';
import { assertSchema } from './schemas.ts';

/** What `assay verify --json` writes of a rung, as far as it is looked at. */
export interface ProvenRung {
  rung: string;
  verdict: string | null;
  summary: string;
  notes: string[];
  id: string;
  commands: { command: string; exitStatus: number | null; stopped?: string }[];
  changedFiles: string[];
  problems: { file: string; line: number; column: number; code: string; message: string; severity: string }[];
  tests?: {
    counts: Record<string, number>;
    source: string;
    flaky: string[];
    broken: { file: string; message: string }[];
    tests: {
      title: string[];
      state: string;
      file: string;
      line: number;
      failure?: { message: string; expected?: string; actual?: string; line?: number };
    }[];
  };
  mutation?: { score: number; killed: number };
  load?: { users: number; throughput: number; bottleneck?: { kind: string; sentence: string } };
}

/** What a call of `assay verify` said and found of the first project, by rung. */
export interface Verified extends Said {
  rungs: Record<string, ProvenRung>;
}

/** Calls `assay verify` in a directory; what it writes must be as its schema says. */
export async function verify(directory: string, ...options: string[]): Promise<Verified> {
  const said = await assay(directory, ['verify', '--json', 'proofs.json', ...options]);
  const file = path.join(directory, 'proofs.json');
  const output = existsSync(file) ? (JSON.parse(readFileSync(file, 'utf8')) as { projects: { rungs: ProvenRung[] }[] }) : undefined;
  if (output) assertSchema('proofs', output);
  return { ...said, rungs: Object.fromEntries((output?.projects[0]?.rungs ?? []).map((rung) => [rung.rung, rung])) };
}
