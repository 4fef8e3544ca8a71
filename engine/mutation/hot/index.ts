import type { Failure, JobContext } from '../../model/index.ts';
import type { Executor, ExecutorEvent, MutationPlan, Outcome } from '../executor.ts';
import { type HostOutcome, notStarted } from '../host-process.ts';
import type { Experiments, Laboratory, LaboratoryEvent } from '../laboratory.ts';
import { referenceExecutor } from '../reference/index.ts';
import { HostSession } from './session.ts';

/** How long a host that nothing is asked of stays, milliseconds. */
const IDLE_MS = 5 * 60_000;

/**
 * The hot executor: all mutants in the test framework's own workers, without starting it again for each. What it is not fit for, the
 * reference executor does. It keeps one host a package between runs, until {@link HotExecutor.end} or five idle minutes.
 */
export class HotExecutor implements Executor, Laboratory {
  readonly name = 'Assay hot';
  readonly #hosts = new Map<string, { session: HostSession; timer?: NodeJS.Timeout }>();
  readonly #once: boolean;

  /** @param once whether somebody waits for one run of each package, and nothing has to be ready for another one */
  constructor({ once = false }: { once?: boolean } = {}) {
    this.#once = once;
  }

  async run(plan: MutationPlan, context: JobContext<ExecutorEvent>): Promise<Outcome> {
    const outcome = await this.#withHost(plan, (session) => session.run(plan, context));
    if (outcome.status !== 'unfit') return outcome;
    if (plan.package.framework.name === 'node:test') return { status: 'failed', failure: notJudged(outcome.reason) };
    context.report({ kind: 'executor', name: referenceExecutor.name, because: outcome.reason });
    return referenceExecutor.run(plan, context);
  }

  async experiment(plan: MutationPlan, experiments: Experiments, context: JobContext<LaboratoryEvent>): Promise<Outcome> {
    const outcome = await this.#withHost(plan, (session) => session.experiment(plan, experiments, context));
    return outcome.status === 'unfit' ? { status: 'failed', failure: noExperiments(outcome.reason) } : outcome;
  }

  /** Has the package's host do something. One that is not fit for it is ended. */
  async #withHost(plan: MutationPlan, work: (session: HostSession) => Promise<HostOutcome>): Promise<HostOutcome> {
    const key = keyOf(plan);
    let host = this.#hosts.get(key);
    try {
      if (!host || host.session.ended) host = { session: await HostSession.start(plan, this.#once) };
    } catch (error) {
      return { status: 'failed', failure: notStarted(error) };
    }
    this.#hosts.set(key, host);
    clearTimeout(host.timer);
    const outcome = await work(host.session);
    host.timer = setTimeout(() => this.#drop(key), IDLE_MS);
    host.timer.unref();
    if (outcome.status === 'unfit') await this.#drop(key);
    return outcome;
  }

  /** Ends all hosts; resolves when they are gone. */
  async end(): Promise<void> {
    await Promise.all([...this.#hosts.keys()].map((key) => this.#drop(key)));
  }

  async #drop(key: string): Promise<void> {
    const host = this.#hosts.get(key);
    this.#hosts.delete(key);
    clearTimeout(host?.timer);
    await host?.session.end();
  }
}

/** One host serves all runs with the same package, command and Node, and with as much freedom. */
function keyOf({ package: { directory, framework }, node, confined = false }: MutationPlan): string {
  return JSON.stringify([directory, framework.name, framework.version, framework.configFile, framework.command, node.path, confined]);
}

/** Only the hot executor lets tests be called, and code be tried. */
function noExperiments(reason: string): Failure {
  return {
    code: 'unsupported-framework',
    message: `These tests cannot be called one by one, so that nothing can be tried in them: ${reason}.`,
    action: 'See the Assay log for the whole text.',
  };
}

/** StrykerJS does not run node:test, so that nothing else can do it. */
function notJudged(reason: string): Failure {
  return {
    code: 'unsupported-framework',
    message: `These tests of node:test cannot be judged: ${reason}.`,
    action: 'Make the tests pass with "node --test" by themselves, without what is named here.',
  };
}
