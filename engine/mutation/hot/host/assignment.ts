import type { RanTest } from '../jobs.ts';
import type { Driver, TestFile } from './driver.ts';
import type { Worker, Workers } from './worker-port.ts';

/** What became of a mutant. Tests are indexes into the list of all tests. */
export interface Verdict {
  id: string;
  status: 'Killed' | 'Survived' | 'Timeout' | 'NoCoverage';
  static: boolean;
  coveredBy: number[];
  killedBy: number[];
  reason?: string;
  testsRun: number;
  /** Whether it may still change: nothing killed it yet, and it is still to be judged in fresh modules. */
  provisional?: boolean;
}

/** What is told while mutants are judged. */
export type Said =
  | { kind: 'tests'; tests: (RanTest & { file: string })[] }
  | { kind: 'planned'; mutants: number }
  | { kind: 'verdict'; verdict: Verdict }
  | { kind: 'note'; text: string };

/** What is to be judged, and with what. */
export interface Assignment {
  ids: readonly string[];
  /** Those of them whose code counts its calls; all others run where they are reached. */
  counted?: ReadonlySet<string>;
  /** The mutants that change nothing where a variable is not read, with the id that its reads tell. */
  constants?: ReadonlyMap<string, string>;
  files: readonly TestFile[];
  workers: Workers;
  /** Whether the framework itself runs test files at the same time. */
  parallel?: boolean;
  /** Makes one test file of several, where the framework runs them in the same modules. */
  combine?: Driver['combine'];
  /** How many workers work at once. */
  concurrency: number;
  dryRunMs: number;
  /** What instrumented texts of this run say of themselves. */
  run: string;
  /** Workers that wait for their first job. */
  spares?: readonly Worker[];
  /** Keys of the tests that can reach what is judged, by test file, where that is known; all others need not run. */
  narrowed?: ReadonlyMap<string, string[]> | undefined;
  /** How much memory a worker may take beyond what the dry run took, bytes. */
  memory: number;
  /** Looks at all tests of the dry run, the skipped ones too, and at what workers loaded for them; rejects where they cannot be right. */
  check?(tests: readonly (RanTest & { file: string })[], loaded: ReadonlySet<string>): Promise<void>;
  /** Ends what else runs the tests meanwhile, which may be in their way; it is run when {@link check} needs it. Answers whether something did. */
  hush?: Driver['hush'];
  tell(said: Said): void;
}

/** Tests that do not pass by themselves, or a file of tests that cannot be loaded. */
export class DryRunFailed extends Error {
  readonly failed: (RanTest & { file: string })[];
  readonly total: number;

  constructor(failed: DryRunFailed['failed'], total: number, message: string) {
    super(message);
    this.failed = failed;
    this.total = total;
  }
}
