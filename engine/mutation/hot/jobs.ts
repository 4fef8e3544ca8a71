import type { Position } from '../../model/index.ts';
import type { Mutant } from '../model.ts';
import type { Hits } from './worker/switchboard.ts';

/** A test of a test file. `key` is unique in its file and the same whenever the file is loaded. */
export interface FoundTest {
  key: string;
  /** The full title: suites and test. */
  name: string;
  /** Absolute path of the file that it stands in, where that is not the file that was asked for. */
  file?: string;
  position?: Position;
}

/** What a test is known by where its file is one of several that are run together. */
export function keyIn(file: string, key: string): string {
  return `${file}\n${key}`;
}

/** A test that ran. */
export interface RanTest extends FoundTest {
  state: 'passed' | 'failed' | 'skipped';
  durationMs: number;
  /** How many tests ran inside of it, where tests hold tests. */
  subtests?: number;
  /** Why it failed. */
  message?: string;
}

/** What a worker is asked to do: one job at a time, each answered by an {@link Answer} of the same number. */
export type Job = DryJob | OpenJob | ProbeJob | HotJob | FreshJob | JointJob | ExperimentJob | { kind: 'end' };

/** Run tests of the file as the framework does, with no mutant, and count what they reach. */
export interface DryJob {
  kind: 'dry';
  file: string;
  /** Keys of the tests to run; all where missing. */
  tests?: string[];
  /** Whether to find out as well which mutants would change nothing, which takes time. */
  weighs: boolean;
}

/** Load the file anew and keep it open. */
export interface OpenJob {
  kind: 'open';
  file: string;
  /** How long each of its tests took in the dry run, and how long it may take, milliseconds by key; and how many steps of instrumented code. */
  durations: Record<string, number>;
  limits: Record<string, number>;
  steps: Record<string, number>;
  /** Keys of those that are not worth calling for the sake of what they leave behind. */
  bystanders: string[];
}

/** Find out whether tests of the file that is open can be called again and again. */
export interface ProbeJob {
  kind: 'probe';
  file: string;
  /** Their keys, with what they reached in the dry run, and which mutants of that would have changed nothing. */
  covering: Record<string, { hits: Hits; inert: string[] }>;
  /** Whether to find out as well that they notice when all mutated code throws. */
  canary: boolean;
}

/** Judge mutants in the file that is open, calling tests until one fails or it is not worth while to call more. */
export interface HotJob {
  kind: 'hot';
  file: string;
  mutants: HotMutant[];
}

/**
 * A mutant and the tests that may be called, by their places among the {@link OpenJob.durations}: of thousands of tests the keys are megabytes. The limit
 * holds for each test.
 */
export interface HotMutant {
  id: string;
  tests: number[];
  hitLimit: number;
}

/** For each mutant, load the file anew with it on from the start and run tests as the framework does, until one fails. */
export interface FreshJob {
  kind: 'fresh';
  file: string;
  mutants: FreshMutant[];
  /** How many steps of instrumented code its tests may take. */
  stepLimit: number;
  /** Whether what killed one is run again without the mutant: a process that ran other things before may be what fails. */
  control: boolean;
  /** Whether the file has tests without a mutant. */
  hasTests: boolean;
  /** Whether the file does the same among what others leave behind in their process as by itself; else nothing counts there. */
  mayBeAmongOthers?: boolean;
}

/**
 * Load the file anew, once for all of the mutants, and run tests as the framework does: each mutant is on in tests of its own, no two in the same, and in all
 * others it is found out whether one would change something.
 */
export interface JointJob {
  kind: 'joint';
  file: string;
  /** Keys of the tests to run. */
  tests: string[];
  /** With the tests of its own. */
  mutants: Required<FreshMutant>[];
  /** How many steps of instrumented code a test with a mutant may take. */
  stepLimit: number;
}

/** Let an experiment (`worker/laboratory.ts`) have the file and the mutants. */
export interface ExperimentJob {
  kind: 'experiment';
  file: string;
  /** Absolute path of the module that is the experiment. */
  script: string;
  input: unknown;
  mutants: PlacedMutant[];
}

/** A mutant of this run, with what tells it from the others. */
export type PlacedMutant = Pick<Mutant, 'id' | 'file' | 'range' | 'mutator' | 'replacement'>;

/** A mutant and the tests to run; all where missing. */
export interface FreshMutant {
  id: string;
  hitLimit: number;
  tests?: string[];
}

/** How a mutant fared in one test file. */
export type Judgement =
  | { result: 'killed'; by?: string; reason: string; reached: boolean; ran: number }
  | { result: 'survived'; reached: boolean; ran: number }
  /** Ran too often, or a test did not end in time. */
  | { result: 'timeout'; certain: boolean; by?: string; reason: string; ran: number }
  /** The state of the modules is no longer what it was: to be judged in fresh ones. */
  | { result: 'unsure'; reason: string };

/** What code ran, in each test (by key) and outside of all of them, and which mutants that it reached would have changed nothing there. */
export interface Reached {
  atLoad: Hits;
  inertAtLoad: string[];
  perTest: Record<string, Hits>;
  inert: Record<string, string[]>;
}

/**
 * What a worker answers. `judged`, `found`, `goesOn` and `claims` come while a job runs, the others end their job. `compiledMs` is how long it took to compile what need not be compiled
 * again, milliseconds; `amongOthers` says that files before this one left something behind in the process that it does not bring by itself, and `claims` what
 * it takes of the machine (`worker/claims.ts`).
 */
export type Answer =
  | ({
      kind: 'dry';
      tests: RanTest[];
      runs: string[];
      loaded: string[];
      compiledMs: number;
      amongOthers: boolean;
      claims: string[];
      error?: string;
    } & Reached)
  /** Something that the file takes of the machine, told at once in a dry run: another process may have it, and its tests wait. */
  | { kind: 'claims'; claims: string[] }
  /** `cold` says why the file cannot be kept open; `amongOthers` is as in a dry run. */
  | { kind: 'opened'; cold?: string; amongOthers?: boolean }
  /**
   * `coldTests` says why tests (by key) cannot be called again and again, `cold` why none of the file can; and whether one of them noticed when all mutated
   * code threw. `infecting` are mutants, by test, that would have changed something now, though not in the dry run.
   */
  | { kind: 'probed'; cold?: string; coldTests: Record<string, string>; infecting: Record<string, string[]>; noticed: boolean }
  | { kind: 'judged'; mutant: string; judgement: Judgement }
  /** Something that an experiment found. */
  | { kind: 'found'; finding: unknown }
  /** A mutant has run; what came of it is told later in the job. */
  | { kind: 'goesOn' }
  /** Mutants that no test noticed, and those of which that shows only when they are judged by themselves; the others have to be judged anew. */
  | { kind: 'joined'; survived: string[]; suspects: string[] }
  /** How often tests were called, and what those calls took in the dry run, milliseconds. */
  | { kind: 'called'; calls: number; bareMs: number }
  | { kind: 'done' };

/** Lines from host to worker. */
export interface JobMessage {
  number: number;
  job: Job;
}

/** Lines from worker to host. */
export type WorkerMessage =
  | { kind: 'hello'; pid: number; first: string; beat: string }
  | { kind: 'answers'; number: number; answers: Answer[] }
  /** It came to an error in the middle of a job, as where tests broke what all code needs, and can do no more. */
  | { kind: 'failed'; error: string };

/** A message as a line, without its end: `readline` takes two characters for line ends that JSON leaves as they are. */
export function asLine<Message>(message: Message): string {
  return JSON.stringify(message).replaceAll('\u2028', '\\u2028').replaceAll('\u2029', '\\u2029');
}
