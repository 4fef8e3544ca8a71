import type { Position } from '../../model/index.ts';
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
export type Job = DryJob | OpenJob | HotJob | FreshJob | { kind: 'end' };

/** Run tests of the file as the framework does, with no mutant, and count what they reach. */
export interface DryJob {
  kind: 'dry';
  file: string;
  /** Keys of the tests to run; all where missing. */
  tests?: string[];
}

/** Load the file anew and keep it open; find out whether these tests can be called again and again. */
export interface OpenJob {
  kind: 'open';
  file: string;
  /** Keys of the tests that reach mutated code, with what they reached in the dry run. */
  covering: Record<string, Hits>;
  /** How long each may take, milliseconds. */
  limits: Record<string, number>;
  /** Whether to find out; it may be known already. */
  probe: boolean;
}

/** Judge mutants in the file that is open, calling tests until one fails. */
export interface HotJob {
  kind: 'hot';
  file: string;
  mutants: HotMutant[];
}

/** A mutant and the tests to call, in this order. */
export interface HotMutant {
  id: string;
  tests: string[];
  hitLimit: number;
}

/** For each mutant, load the file anew with it on from the start and run tests as the framework does, until one fails. */
export interface FreshJob {
  kind: 'fresh';
  file: string;
  mutants: FreshMutant[];
  /** Whether what killed one is run again without the mutant: a process that ran other things before may be what fails. */
  control: boolean;
  /** Whether the file has tests without a mutant. */
  hasTests: boolean;
}

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

/** What a worker answers. `judged` comes while a hot job runs, the others end their job. */
export type Answer =
  | { kind: 'dry'; tests: RanTest[]; atLoad: Hits; perTest: Record<string, Hits>; runs: string[]; loaded: string[]; error?: string }
  /** `cold` says why no test of the file can be called again and again, `coldTests` why single ones (by key) cannot. */
  | { kind: 'opened'; cold?: string; coldTests: Record<string, string> }
  | { kind: 'judged'; mutant: string; judgement: Judgement }
  | { kind: 'done' };

/** Lines from host to worker. */
export interface JobMessage {
  number: number;
  job: Job;
}

/** Lines from worker to host. */
export type WorkerMessage = { kind: 'hello'; pid: number; first: string; beat: string } | { kind: 'answers'; number: number; answers: Answer[] };
