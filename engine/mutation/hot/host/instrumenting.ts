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
  readonly #thread = new Worker(shippedFile('dist', 'hot', 'instrumenter.js'));

  /** One order at a time. Rejects with what went wrong beyond files that cannot be parsed. */
  instrument(order: Order): Promise<Instrumented> {
    return new Promise((resolve, reject) => {
      this.#thread.once('message', (answer: Answer) => {
        if ('done' in answer) resolve(answer.done);
        else reject(new Error(answer.error));
      });
      this.#thread.postMessage(order);
    });
  }
}
