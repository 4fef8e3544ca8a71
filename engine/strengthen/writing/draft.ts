import type { ResolvedMutant } from '../../mutation/index.ts';
import type { Difference } from '../explorer/findings.ts';
import type { Proof } from '../prover/experiment.ts';
import type { Outcome } from '../scenario.ts';
import type { Checked } from '../tools/index.ts';
import type { TextChange } from './changes.ts';
import type { Wanted } from './reaching.ts';

/** A test that is being written, or one of the file's that is made to notice more. */
export interface Draft {
  kind: 'test' | 'assertions';
  /** The title of a new test; the full name of one that is there. */
  title: string;
  mutants: ResolvedMutant[];
  /** What it comes to say. */
  outcomes: Outcome[];
  changes: TextChange[];
  /** What the file has to import for it. */
  imports: readonly Wanted[];
  proof?: Proof;
  /** What the project's own tools have against it. */
  complaints: string[];
  /** How these would have it written. */
  mended?: { changes: TextChange[]; imports: Wanted[] };
  /** Whether it is written so already. */
  isMended?: true;
  /** Whether it calls what was only tried where it can change nothing. */
  confined: boolean;
  /** What a new test does, as it was written first. */
  body?: string;
  /** What a new test says. */
  fact?: Difference;
  /** Of a test with a table, what the titles of its runs are like, as a regular expression, and the tests that it takes the place of. */
  table?: { pattern: string; rows: Draft[] };
}

/** A mutant whose test was taken back, and why. */
export interface Rejected {
  mutant: ResolvedMutant;
  why: string;
}

/** A draft as tools would have it, where they know that of all that they have something against. */
export function mendedDraft({ changes, imports, complaints }: Draft, of: (change: TextChange) => Checked | undefined): Draft['mended'] {
  const checked = changes.map(of);
  const own = checked.flatMap((one) => one?.complaints ?? []);
  if (own.length < complaints.length || checked.some((one) => one && one.complaints.length > 0 && !one.mended)) return undefined;
  return {
    changes: changes.map((one, i) => ({ ...one, text: checked[i]?.mended?.text ?? one.text })),
    imports: [...imports, ...checked.flatMap((one) => one?.mended?.names ?? []).map((one) => ({ ...one, isDefault: false }))],
  };
}
