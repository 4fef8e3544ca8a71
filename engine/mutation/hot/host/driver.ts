import type { FrameworkName } from '../../../workspace/index.ts';
import type { RanTest } from '../jobs.ts';
import type { Confinement } from './confinement.ts';

/** What a driver is started with. Paths are absolute. */
export interface DriverRequest {
  directory: string;
  framework: { name: FrameworkName; configFile?: string; args: string[]; nodeArgs: string[] };
  /** The files that are mutated: tests that load none of them need not run. */
  mutated: string[];
  /** The unsaved text of a document, by its absolute path, as it was written; undefined where the disk is right. */
  unsavedText(file: string): string | undefined;
  /** The text that stands in for a file on the disk, which may have to be instrumented first; undefined where the disk is right. */
  textOf(file: string): Promise<ServedText | undefined>;
  /** All such texts of the first run, by absolute path, for workers that load files by themselves. */
  texts: Promise<ReadonlyMap<string, ServedText>>;
  /** The run's folder, for what workers have to know. */
  folder: string;
  /** How many workers may run at once. */
  workers: number;
  /** What keeps workers from changing anything outside of the run's folder, where they are to be kept from it. */
  confinement?: Confinement;
  log(line: string): void;
}

/** A text served from memory. */
export interface ServedText {
  code: string;
  /** A source map, as JSON, from `code` to what is on the disk. */
  map?: string;
}

/** A test file as one project runs it, and what a worker must be to run it. */
export interface TestFile {
  /** What it is known by: its absolute path or, where that may not be enough because several projects can run it, a name made of it. */
  file: string;
  /** Its absolute path, where {@link file} is not. */
  path?: string;
  /** Files of one group can run in one worker, one after the other. */
  group: string;
}

/** Starts a test framework's own workers. Each framework has one implementation. */
export interface Driver {
  /** The test files that load what is mutated; to find these out may need the texts that are judged. */
  readonly files: readonly TestFile[] | Promise<readonly TestFile[]>;
  /** Such files as far as they can be guessed, where the driver has no workers ready by itself: one is started for each meanwhile, for loading a framework takes its time. */
  readonly early?: readonly TestFile[];
  /** What to run where those do not pass one by one: files that need each other, as one. */
  readonly together?: readonly TestFile[];
  /** Whether the framework itself runs test files at the same time: what one takes of the machine is in no other one's way then. */
  readonly parallel: boolean;
  /** Whether what workers tell that they loaded is what they loaded past the texts that are served: mutants do not show in it. */
  readonly loadsPast?: boolean;
  /** What of the project's command or configuration says that its test files run one after the other, as those do that share a database. */
  readonly serial?: string;
  /** Has workers that are started from now on run tests just as the project configures them, where what saves time may be why they do not pass. */
  readonly asConfigured?: (() => Promise<void>) | undefined;
  /** Several test files as one, where the framework itself runs them in the same modules: its tests are known by {@link keyIn}. */
  combine?(files: readonly string[]): TestFile;
  /** Starts a worker, which connects to the host by itself and names `first` when it does. Resolves or rejects when the worker has ended. */
  startWorker(first: TestFile): Promise<void>;
  /** Ends what runs the tests for {@link disagreement}, until that is asked for: it takes what our own need. Answers whether something ran. */
  hush?(): boolean;
  /** Says what the framework itself found otherwise than the dry run did, if anything. */
  disagreement?(tests: readonly (RanTest & { file: string })[]): Promise<string | undefined>;
  stop(): Promise<void>;
  /** In place of {@link stop} where this process ends after it: only what would outlive it. */
  leave?(): Promise<void>;
  /** Where missing, the driver serves one run only. */
  warm?: WarmDriver;
}

/** What lets a driver serve one run after the other. */
export interface WarmDriver {
  /** Files whose change means that all starts anew: configurations and what they import. */
  readonly configFiles: readonly string[];
  /** Every file that was loaded for the tests so far, where workers do not tell it. */
  loaded?(): Iterable<string>;
  /** The next run begins: these files have another text now, and all texts that stand in for files are these. */
  begin(changed: readonly string[], texts: ReadonlyMap<string, ServedText>): void | Promise<void>;
  /** The test files that load these files. */
  findFiles(mutated: readonly string[]): Promise<readonly TestFile[]>;
  /** Workers that are started from now on are for the next run. Those of this one may go on. */
  rest?(): void;
}

/** The framework cannot be driven hot; another executor has to do it. */
export class NotHot extends Error {}
