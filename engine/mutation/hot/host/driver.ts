import type { FrameworkName } from '../../../workspace/index.ts';

/** What a driver is started with. Paths are absolute. */
export interface DriverRequest {
  directory: string;
  framework: { name: FrameworkName; configFile?: string; args: string[]; nodeArgs: string[] };
  /** The files that are mutated: tests that load none of them need not run. */
  mutated: string[];
  /** All files of which a text other than the one on the disk is served. */
  served: string[];
  /** The text that stands in for a file on the disk; undefined where the disk is right. */
  textOf(file: string): Promise<ServedText | undefined>;
  /** How many workers may run at once. */
  workers: number;
  log(line: string): void;
}

/** A text served from memory. */
export interface ServedText {
  code: string;
  /** A source map, as JSON, from `code` to what is on the disk. */
  map?: string;
}

/** A test file and what a worker must be to run it. */
export interface TestFile {
  file: string;
  /** Files of one group can run in one worker, one after the other. */
  group: string;
}

/** Starts a test framework's own workers. Each framework has one implementation. */
export interface Driver {
  /** The test files that load what is mutated. */
  readonly files: readonly TestFile[];
  /** Starts a worker, which connects to the host by itself and names `first` when it does. Resolves or rejects when the worker has ended. */
  startWorker(first: TestFile): Promise<void>;
  stop(): Promise<void>;
}

/** The framework cannot be driven hot; another executor has to do it. */
export class NotHot extends Error {}
