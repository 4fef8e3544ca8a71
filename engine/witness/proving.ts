import type { Failure, JobContext } from '../model/index.ts';
import type { MutationPlan } from '../mutation/index.ts';
import { type NodeRuntime, shippedFile } from '../process/index.ts';
import type { TestPackage } from '../workspace/index.ts';
import type { FileTrial } from './file-trial.ts';
import type { ProveEvent, ProveRequest } from './prove.ts';

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
      const failure = await this.#experiment(going, targets);
      if (failure) return failure;
      going = going.filter((trial) => trial.mayGoOn());
    }
    return undefined;
  }

  async #experiment(trials: readonly FileTrial[], targets: MutationPlan['targets']): Promise<Failure | undefined> {
    const { laboratory, overlays, concurrency, dryRunMinutes } = this.#request;
    const { signal, report } = this.#context;
    const plan: MutationPlan = {
      package: this.#package,
      targets,
      overlays: new Map([...overlays, ...trials.map(({ file, watched }) => [file, watched.text] as const)]),
      node: this.#node,
      dryRunMinutes,
      ...(concurrency !== undefined && { concurrency }),
    };
    const each = trials.map(({ file, questions }) => ({ testFile: file, input: questions }));
    const script = shippedFile('dist', 'hot', 'trial.js');
    const outcome = await laboratory.experiment(
      plan,
      { script, each, stallMs: STALL_MS, totalMs: dryRunMinutes * 60_000, isFollowed: false },
      {
        signal,
        report: (event) => {
          if (event.kind === 'log') return report(event);
          trials.find(({ file }) => file === event.testFile)?.hear(event);
          if (event.kind === 'found' && (event.finding as { kind: string }).kind !== 'end') return;
          this.#done.add(event.testFile);
          report({ kind: 'proving', done: this.#done.size, files: this.#all.length });
        },
      },
    );
    return outcome.status === 'failed' ? outcome.failure : undefined;
  }
}
