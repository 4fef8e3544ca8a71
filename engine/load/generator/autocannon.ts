import { shippedFile } from '../../installation/index.ts';
import { start } from '../../process/index.ts';
import type { Generated } from '../model.ts';
import type { LoadOrder } from './orders.ts';

/** What makes load and measures what comes back. */
export interface Generator {
  name: string;
  /** One level of load; undefined where it was cancelled or the generator ended. */
  generate(order: LoadOrder): Promise<Generated | undefined>;
  /** Ends it with all that it started. */
  end(): Promise<void>;
}

/** The generator that comes with Assay: autocannon in a process of its own, on the Node that runs Assay. */
export function embeddedGenerator(signal: AbortSignal): Generator {
  const over = new AbortController();
  let answer: ((generated: Generated | undefined) => void) | undefined;
  const host = start(
    // What it needs of the environment is nothing but a place to be.
    { program: process.execPath, args: [shippedFile('dist', 'load', 'generator.js')], cwd: process.cwd(), env: { ELECTRON_RUN_AS_NODE: '1' } },
    { signal: AbortSignal.any([signal, over.signal]), onMessage: (line) => answer?.(JSON.parse(line) as Generated) },
  );
  let ended = false;
  void host.ended.then(() => {
    ended = true;
    answer?.(undefined);
  });
  return {
    name: 'autocannon',
    generate(order) {
      if (ended || signal.aborted) return Promise.resolve(undefined);
      return new Promise((resolve) => {
        answer = resolve;
        host.send(JSON.stringify(order));
      });
    },
    async end() {
      over.abort();
      await host.ended;
    },
  };
}
