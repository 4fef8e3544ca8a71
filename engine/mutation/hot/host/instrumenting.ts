import { once } from 'node:events';
import { type Forked, forkNode, shippedFile } from '../../../installation/index.ts';
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

/** Starts the process that instruments. It ends with this one. */
export function startInstrumenter(): Forked {
  return forkNode(shippedFile('dist', 'hot', 'instrumenter.js'));
}

/**
 * Instruments in a process of its own: the instrumenter takes as long to load as a test framework does, and neither waits for the other. Of a thread's memory a
 * process keeps more than half when the thread has ended.
 */
export class InstrumentingProcess {
  #process: Forked | undefined;

  /** @param process one that was started already */
  constructor(process: Forked) {
    this.#process = process;
  }

  /** Loads what it needs, where it has not. */
  ready(): void {
    // It may have ended while it waited, of which its channel hears later.
    const { connected, exitCode = 0, signalCode = null } = this.#process ?? {};
    if (!connected || exitCode !== null || signalCode !== null) this.#process = startInstrumenter();
  }

  /** Gives back the memory that it takes, which after many files is much, until {@link InstrumentingProcess.ready} or the next order. */
  rest(): void {
    this.#process?.kill('SIGKILL');
    this.#process = undefined;
  }

  /** One order at a time. Rejects with what went wrong beyond files that cannot be parsed. */
  instrument(order: Order): Promise<Instrumented> {
    this.ready();
    const process = this.#process as Forked;
    const over = new AbortController();
    const ended = (async () => {
      // Rejects where it could not be started.
      await once(process, 'exit', over);
      throw hasEnded();
    })();
    const unsent = new Promise<never>((_, reject) => process.send(order, (error) => error && reject(hasEnded())));
    const answered = once(process, 'message', over).then(([answer]: Answer[]) => answer as Answer);
    return Promise.race([answered, ended, unsent])
      .then(
        (answer) => {
          if ('error' in answer) throw new Error(answer.error);
          return answer.done;
        },
        (error: unknown) => {
          this.rest();
          this.ready();
          throw error;
        },
      )
      .finally(() => {
        over.abort();
        for (const one of [answered, ended, unsent]) one.catch(() => {});
      });
  }
}

function hasEnded(): Error {
  return new Error('The process that instruments has ended.');
}
