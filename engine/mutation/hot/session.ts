import { rm } from 'node:fs/promises';
import path from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { shippedFile } from '../../installation/index.ts';
import { nursery } from '../../memory/index.ts';
import type { JobContext } from '../../model/index.ts';
import { type Exit, type Running, start } from '../../process/index.ts';
import { makeRunFolder } from '../../workspace/index.ts';
import type { ExecutorEvent, MutationPlan } from '../executor.ts';
import type { HostMessage, HostRequest } from '../host-messages.ts';
import { crashed, type HostOutcome, hostEnvironment, hostRequest, TAIL_LINES } from '../host-process.ts';
import type { Experiments, LaboratoryEvent } from '../laboratory.ts';
import { asLine } from './jobs.ts';

/** How large what is new on the host's heap may be, MiB: it waits for others most of the time. */
const HOST_NURSERY = 2;
/** How long a host gets to end by itself, with what tests' global set-up started, milliseconds. */
const FAREWELL_MS = 4000;

/** What a host tells while it is at something. */
type Told = Exclude<HostMessage, { kind: 'note' | 'end' }> | { kind: 'log'; line: string };

/** A host that stays between runs, with all that it started, until it is ended. */
export class HostSession {
  readonly #stop = new AbortController();
  readonly #tail: string[] = [];
  readonly #running: Running;
  /** How the host ended, once its folder is gone, too. */
  readonly #gone: Promise<Exit>;
  #hear: ((message: HostMessage | Told) => void) | undefined;
  #ended = false;

  private constructor(folder: string, plan: MutationPlan, once: boolean) {
    const log = (line: string) => {
      this.#tail.push(line);
      if (this.#tail.length > TAIL_LINES) this.#tail.shift();
      this.#hear?.({ kind: 'log', line });
    };
    this.#running = start(
      {
        program: plan.node.path,
        args: [nursery(HOST_NURSERY), shippedFile('dist', 'hot', 'host.js'), folder, ...(once ? ['once'] : [])],
        cwd: plan.package.directory,
        env: environment(plan),
      },
      { signal: this.#stop.signal, onStdout: log, onStderr: log, onMessage: (line) => this.#hear?.(JSON.parse(line) as HostMessage) },
    );
    this.#gone = this.#running.ended.then(async (exit) => {
      this.#ended = true;
      await rm(folder, { recursive: true, force: true, maxRetries: 3 }).catch(() => {});
      return exit;
    });
  }

  /** Starts a host for the package of a plan: for one run, or for as many as come. */
  static async start(plan: MutationPlan, once: boolean): Promise<HostSession> {
    return new HostSession(await makeRunFolder(), plan, once);
  }

  /** Whether it can take no more runs. */
  get ended(): boolean {
    return this.#ended || this.#stop.signal.aborted;
  }

  /** Runs a plan, one thing at a time. A cancelled run ends the host with everything it started. */
  run(plan: MutationPlan, context: JobContext<ExecutorEvent>): Promise<HostOutcome> {
    return this.#do(hostRequest(plan), context.signal, (message) => {
      if (message.kind !== 'found' && message.kind !== 'lost') context.report(message);
    });
  }

  /** Does experiments with the mutants of a plan in place of judging them. */
  experiment(plan: MutationPlan, experiments: Experiments, context: JobContext<LaboratoryEvent>): Promise<HostOutcome> {
    return this.#do({ ...hostRequest(plan), experiments }, context.signal, (message) => {
      if (message.kind === 'found' || message.kind === 'lost' || message.kind === 'log') context.report(message);
    });
  }

  async #do(request: HostRequest, signal: AbortSignal, hear: (message: Told) => void): Promise<HostOutcome> {
    const cancel = () => this.#stop.abort();
    if (signal.aborted) return { status: 'cancelled' };
    signal.addEventListener('abort', cancel, { once: true });
    const end = new Promise<HostOutcome>((resolve) => {
      this.#hear = (message) => {
        if (message.kind === 'note') hear({ kind: 'log', line: message.text });
        else if (message.kind !== 'end') hear(message);
        else if (message.failure) resolve({ status: 'failed', failure: message.failure });
        else resolve(message.unfit === undefined ? { status: 'done' } : { status: 'unfit', reason: message.unfit });
      };
    });
    this.#running.send(asLine(request));
    const outcome = await Promise.race([
      end,
      this.#gone.then(
        (exit): HostOutcome =>
          signal.aborted
            ? { status: 'cancelled' }
            : { status: 'failed', failure: crashed(exit.startError?.message ?? `exit code ${exit.code}, signal ${exit.signal}`, this.#tail) },
      ),
    ]);
    this.#hear = undefined;
    signal.removeEventListener('abort', cancel);
    return outcome;
  }

  /** Lets the host end everything that it started, and what does not end by itself; resolves when they are gone. */
  async end(): Promise<void> {
    this.#running.sendEnd();
    await Promise.race([this.#running.ended, delay(FAREWELL_MS, undefined, { ref: false })]);
    this.#stop.abort();
    await this.#gone;
  }
}

/** Node keeps what it compiled: the framework and the instrumenter load faster the next time. */
function environment(plan: MutationPlan): NodeJS.ProcessEnv {
  return { NODE_COMPILE_CACHE: path.join(plan.package.directory, '.assay', 'compile-cache'), ...hostEnvironment(plan) };
}
