import { once } from 'node:events';
import { Worker } from 'node:worker_threads';
import { shippedFile } from '../../../process/index.ts';
import type { Instrumented, ToInstrument } from './instrument.ts';

/** What is to be instrumented. */
export interface Order {
  files: readonly ToInstrument[];
  excludedMutations: readonly string[];
  /** Texts of unsaved documents by absolute path. */
  overlays: ReadonlyMap<string, string>;
  /** What the texts say of themselves when they are loaded. */
  run: string;
}

/** What comes of it. */
export type Answer = { done: Instrumented } | { error: string };

/** Instruments in a thread of its own: the instrumenter takes as long to load as a test framework does, and neither waits for the other. */
export class InstrumentingThread {
  #thread: Worker | undefined;

  /** @param thread one that was started already */
  constructor(thread: Worker) {
    this.#thread = thread;
  }

  /** Loads what it needs, where it has not. */
  ready(): void {
    this.#thread ??= start();
  }

  /** Gives back the memory that it takes, which after many files is much, until {@link InstrumentingThread.ready} or the next order. */
  async rest(): Promise<void> {
    const thread = this.#thread;
    this.#thread = undefined;
    await thread?.terminate();
  }

  /** One order at a time. Rejects with what went wrong beyond files that cannot be parsed. */
  instrument(order: Order): Promise<Instrumented> {
    this.ready();
    const thread = this.#thread as Worker;
    const over = new AbortController();
    const ended = (async () => {
      // Rejects with an error of the thread's.
      await once(thread, 'exit', over);
      throw new Error('The thread that instruments has ended.');
    })();
    const answered = once(thread, 'message', over).then(([answer]: Answer[]) => answer as Answer);
    thread.postMessage(order);
    return Promise.race([answered, ended])
      .then(
        (answer) => {
          if ('error' in answer) throw new Error(answer.error);
          return answer.done;
        },
        (error: unknown) => {
          this.#thread = start();
          throw error;
        },
      )
      .finally(() => {
        over.abort();
        for (const one of [answered, ended]) one.catch(() => {});
      });
  }
}

function start(): Worker {
  return new Worker(shippedFile('dist', 'hot', 'instrumenter.js'));
}
