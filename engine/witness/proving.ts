import { shippedFile } from '../installation/index.ts';
import type { Failure, JobContext } from '../model/index.ts';
import type { LaboratoryEvent, MutationPlan } from '../mutation/index.ts';
import type { NodeRuntime } from '../process/index.ts';
import type { TestPackage } from '../workspace/index.ts';
import type { FileTrial } from './file-trial.ts';
import type { ProveEvent, ProveRequest } from './prove.ts';
import type { Dry, Finding, Questions } from './trial/questions.ts';

/** How long a test process may go on without a sign of life, milliseconds: a broken function may be what keeps a test from ending. */
const STALL_MS = 30_000;

/** Does trials of test files of one package with the mutants of some of its sources. */
export class Proving {
  readonly #request: Pick<ProveRequest, 'laboratory' | 'overlays' | 'concurrency' | 'dryRunMinutes'>;
  readonly #package: TestPackage;
  readonly #node: NodeRuntime;
  readonly #all: readonly FileTrial[];
  readonly #context: JobContext<ProveEvent>;
  readonly #done = new Set<string>();

  constructor(
    request: Pick<ProveRequest, 'laboratory' | 'overlays' | 'concurrency' | 'dryRunMinutes'>,
    pkg: TestPackage,
    node: NodeRuntime,
    all: readonly FileTrial[],
    context: JobContext<ProveEvent>,
  ) {
    this.#request = request;
    this.#package = pkg;
    this.#node = node;
    this.#all = all;
    this.#context = context;
  }

  /** Begins trials again that came to a bad end, as long as there is sense in it. */
  async round(trials: readonly FileTrial[], targets: MutationPlan['targets']): Promise<Failure | undefined> {
    let going = targets.length > 0 ? trials : [];
    while (going.length > 0 && !this.#context.signal.aborted) {
      const plan = this.#plan(targets, new Map(going.map(({ file, watched }) => [file, watched.text])));
      const failure = await this.#experiment(
        plan,
        going,
        ({ questions }) => questions,
        (trial, event) => trial.hear(event),
      );
      if (failure) return failure;
      going = going.filter((trial) => trial.mayGoOn());
    }
    return undefined;
  }

  /** Runs tests once with another text of a source, and breaks nothing. */
  async withText(trials: readonly FileTrial[], file: string, text: string): Promise<{ failure?: Failure; dries: Map<FileTrial, Dry> }> {
    const dries = new Map<FileTrial, Dry>();
    const plan = this.#plan([{ file, ranges: [], named: true }], new Map([[file, text]]));
    const questions = { unit: 0, checks: 0, gates: 0, skipped: [], suspects: [], returns: false, budgetMs: 0 } satisfies Questions;
    const failure = await this.#experiment(
      plan,
      trials,
      () => questions,
      (trial, event) => {
        const finding = event.kind === 'found' ? (event.finding as Finding) : undefined;
        if (finding?.kind === 'dry') dries.set(trial, finding);
      },
    );
    return { dries, ...(failure && { failure }) };
  }

  #plan(targets: MutationPlan['targets'], texts: ReadonlyMap<string, string>): MutationPlan {
    const { overlays, concurrency, dryRunMinutes } = this.#request;
    return {
      package: this.#package,
      targets,
      overlays: new Map([...overlays, ...texts]),
      node: this.#node,
      dryRunMinutes,
      ...(concurrency !== undefined && { concurrency }),
    };
  }

  async #experiment(
    plan: MutationPlan,
    trials: readonly FileTrial[],
    questionsOf: (trial: FileTrial) => Questions,
    hear: (trial: FileTrial, event: Exclude<LaboratoryEvent, { kind: 'log' }>) => void,
  ): Promise<Failure | undefined> {
    const { laboratory, dryRunMinutes } = this.#request;
    const { signal, report } = this.#context;
    const each = trials.map((trial) => ({ testFile: trial.file, input: questionsOf(trial) }));
    const script = shippedFile('dist', 'hot', 'trial.js');
    const outcome = await laboratory.experiment(
      plan,
      { script, each, stallMs: STALL_MS, totalMs: dryRunMinutes * 60_000, isFollowed: false },
      {
        signal,
        report: (event) => {
          if (event.kind === 'log') return report(event);
          const trial = trials.find(({ file }) => file === event.testFile);
          if (trial) hear(trial, event);
          if (event.kind === 'found' && (event.finding as { kind: string }).kind !== 'end') return;
          this.#done.add(event.testFile);
          report({ kind: 'proving', done: this.#done.size, files: this.#all.length });
        },
      },
    );
    return outcome.status === 'failed' ? outcome.failure : undefined;
  }
}
