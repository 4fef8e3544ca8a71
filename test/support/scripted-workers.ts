import type { TestFile } from '../../engine/mutation/hot/host/driver.ts';
import type { JobEnd, JobLimits, Worker, Workers } from '../../engine/mutation/hot/host/worker-port.ts';
import type { Answer, Job, Judgement, RanTest } from '../../engine/mutation/hot/jobs.ts';
import { hits, inert } from './file-runs.ts';

/** What comes of a job or of a mutant: an answer, or the end of the worker. */
type Outcome<T> = T | 'died' | 'hung' | 'busy' | 'memory';

/** A test file as workers find it. Where several outcomes are listed, each holds for one time and the last for all times after it. */
export interface ScriptedFile {
  group?: string;
  /** What each test reaches, by key. */
  tests?: Record<string, string[]>;
  /** What is reached outside of all tests. */
  atLoad?: string[];
  /** How long tests take, milliseconds by key; one where missing. */
  durations?: Record<string, number>;
  /** What a dry run is otherwise; `used` says whether the process ran another job before. */
  dry?(used: boolean): Outcome<Partial<Dry>>;
  /** What its dry run tells at once that it takes of the machine; it goes on when the others had their turn. */
  takes?: string[];
  opened?: Outcome<Partial<Extract<Answer, { kind: 'opened' }>>>;
  probed?: Outcome<Partial<Extract<Answer, { kind: 'probed' }>>>;
  /** What calling its tests, and running them in fresh modules, comes to, by mutant. Mutants that are not listed survive. */
  hot?: Record<string, Outcome<Judgement>[]>;
  fresh?: Record<string, Outcome<Judgement>[]>;
  /** What running its tests once for several mutants comes to. Where nothing is listed, all survive. */
  joint?: Outcome<Partial<Extract<Answer, { kind: 'joined' }>>>[];
  /** What an experiment finds. */
  experiment?: Outcome<object>;
  /** What a worker's trace says that it was at when it ends; the mutant at hand where missing. */
  trace?: string;
  /** How much memory a process holds after its dry run, bytes. */
  memory?: number;
}

type Dry = Extract<Answer, { kind: 'dry' }>;

/** What a worker was asked to do. */
export interface Order {
  worker: number;
  job: Exclude<Job, { kind: 'end' }>;
  limits: JobLimits;
  maxMemory: number;
}

/** The run that code says it was instrumented in. */
export const RUN = '1';

/** Workers that are not there: what test files do is written down, what is asked of them is noted. */
export class ScriptedWorkers implements Workers {
  readonly orders: Order[] = [];
  readonly #files: Record<string, ScriptedFile>;
  readonly started: ScriptedWorker[] = [];

  constructor(files: Record<string, ScriptedFile>) {
    this.#files = copied(files);
  }

  /** The test files, in their order. */
  get files(): TestFile[] {
    return Object.entries(this.#files).map(([file, { group = 'all' }]) => ({ file, group }));
  }

  async start({ group }: TestFile): Promise<Worker> {
    const worker = new ScriptedWorker(this.started.length + 1, group, this.#files, this.orders);
    this.started.push(worker);
    return worker;
  }

  /**
   * What was asked, in short: `worker kind file mutant(tests)…`. A fresh job whose killers are run again without the mutant is `checked`, a file that is
   * opened and then probed `probe`.
   */
  get asked(): string[] {
    const isProbed = ({ worker, job }: Order, next: Order | undefined) => job.kind === 'open' && next?.job.kind === 'probe' && next.worker === worker;
    const keys = new Map(this.orders.flatMap(({ job }) => (job.kind === 'open' ? [[job.file, Object.keys(job.durations)] as const] : [])));
    return this.orders
      .filter((one, i) => !isProbed(one, this.orders[i + 1]))
      .map(({ worker, job }) => [worker, ...words(job, keys.get(job.file))].join(' '));
  }
}

/** Outcomes are taken from their lists as they are used; the lists of a test stay as they are. */
function copied(files: Record<string, ScriptedFile>): Record<string, ScriptedFile> {
  const lists = (outcomes: ScriptedFile['hot'] = {}) => Object.fromEntries(Object.entries(outcomes).map(([id, list]) => [id, [...list]]));
  return Object.fromEntries(
    Object.entries(files).map(([name, file]) => [name, { ...file, hot: lists(file.hot), fresh: lists(file.fresh), joint: [...(file.joint ?? [])] }]),
  );
}

/** A job in words; called tests are named by their keys. */
function words(job: Order['job'], keys: readonly string[] = []): string[] {
  if (job.kind === 'dry') return ['dry', named(job.file, job.tests)];
  if (job.kind === 'open' || job.kind === 'probe') return [job.kind, job.file];
  if (job.kind === 'experiment') return [job.kind, job.file, job.script];
  const called = (place: number) => keys[place] ?? '?';
  if (job.kind === 'hot') return ['hot', job.file, ...job.mutants.map(({ id, tests }) => named(id, tests.map(called)))];
  const kind = job.kind === 'fresh' && job.control ? 'checked' : job.kind;
  return [kind, job.file, ...job.mutants.map(({ id, tests }) => named(id, tests))];
}

function named(name: string, tests: readonly string[] | undefined): string {
  return tests ? `${name}(${tests.join(',')})` : name;
}

class ScriptedWorker implements Worker {
  readonly group: string;
  ended = false;
  memory = 0;
  readonly #number: number;
  readonly #files: Record<string, ScriptedFile>;
  readonly #orders: Order[];
  #used = false;

  constructor(number: number, group: string, files: Record<string, ScriptedFile>, orders: Order[]) {
    this.#number = number;
    this.group = group;
    this.#files = files;
    this.#orders = orders;
  }

  async do(job: Order['job'], limits: JobLimits, maxMemory: number, hear: (answer: Answer) => void): Promise<JobEnd> {
    if (this.ended) return { end: 'died', mutant: '' };
    this.#orders.push({ worker: this.#number, job, limits, maxMemory });
    await new Promise((resolve) => setImmediate(resolve));
    // It was ended while it worked.
    if (this.ended) return { end: 'died', mutant: '' };
    const file = this.#files[job.file] as ScriptedFile;
    const used = this.#used;
    this.#used = true;
    if (job.kind === 'dry') {
      if (file.takes) {
        hear({ kind: 'claims', claims: file.takes });
        await new Promise((resolve) => setImmediate(resolve));
        if (this.ended) return { end: 'died', mutant: '' };
      }
      this.memory = file.memory ?? 0;
      return this.#answer(file.dry?.(used) ?? {}, (more) => hear({ ...dryAnswer(file, job.tests), ...more }));
    }
    if (job.kind === 'open') return this.#answer(file.opened ?? {}, (more) => hear({ kind: 'opened', ...more }));
    if (job.kind === 'probe')
      return this.#answer(file.probed ?? {}, (more) => hear({ kind: 'probed', coldTests: {}, infecting: {}, noticed: true, ...more }));
    if (job.kind === 'experiment') return this.#answer(file.experiment ?? {}, (finding) => hear({ kind: 'found', finding }));
    if (job.kind === 'joint') {
      const survived = job.mutants.map(({ id }) => id);
      return this.#answer(file.joint?.shift() ?? {}, (more) => hear({ kind: 'joined', survived, suspects: [], ...more }));
    }
    for (const { id, tests } of job.mutants) {
      const outcomes = file[job.kind]?.[id] ?? [];
      const outcome = (outcomes.length > 1 ? outcomes.shift() : outcomes[0]) ?? SURVIVED(tests?.length ?? Object.keys(file.tests ?? {}).length);
      const end = this.#answer(outcome, (judgement) => hear({ kind: 'judged', mutant: id, judgement }), file.trace ?? id);
      if (end.end !== 'done') return end;
    }
    hear(job.kind === 'hot' ? { kind: 'called', calls: job.mutants.length, bareMs: job.mutants.length } : { kind: 'done' });
    return { end: 'done' };
  }

  finish(): void {
    this.ended = true;
  }

  kill(): void {
    this.ended = true;
  }

  #answer<T extends object>(outcome: Outcome<T>, hear: (answer: T) => void, mutant = ''): JobEnd {
    if (typeof outcome === 'string') {
      this.ended = true;
      return { end: outcome, mutant };
    }
    hear(outcome);
    return { end: 'done' };
  }
}

function dryAnswer({ tests = {}, atLoad = [], durations = {} }: ScriptedFile, only = Object.keys(tests)): Dry {
  return {
    kind: 'dry',
    tests: only.map((key): RanTest => ({ key, name: `test ${key}`, state: 'passed', durationMs: durations[key] ?? 1 })),
    atLoad: hits(atLoad),
    inertAtLoad: inert(atLoad),
    loaded: [],
    compiledMs: 0,
    amongOthers: false,
    claims: [],
    perTest: Object.fromEntries(only.map((key) => [key, hits(tests[key] ?? [])])),
    inert: Object.fromEntries(only.map((key) => [key, inert(tests[key] ?? [])])),
    runs: [RUN],
  };
}

/** A mutant that so many tests ran and did not notice. */
export const SURVIVED = (ran: number): Judgement => ({ result: 'survived', reached: true, ran });

/** A mutant that a test noticed. */
export const killedBy = (by: string, ran = 1): Judgement => ({ result: 'killed', by, reason: `${by} fails`, reached: true, ran });

/** A mutant of which this file cannot tell. */
export const UNSURE: Judgement = { result: 'unsure', reason: 'something was left behind' };
