import { flushCompileCache } from 'node:module';
import { instrument, loadInstrumenter } from './instrument.ts';
import type { Answer, Order } from './instrumenting.ts';

/** The process that instruments, one order after the other. */

// Before there is an order; what goes wrong is told when there is one.
loadInstrumenter().catch(() => {});

const answer = (one: Answer) => process.send?.(one);

process.on('disconnect', () => process.exit());
process.on('message', ({ files, excludedMutations, overlays, run }: Order) => {
  instrument(files, excludedMutations, overlays, run).then(
    (done) => {
      // Before the answer: this process may be ended by it.
      flushCompileCache();
      answer({ done });
    },
    (error: unknown) => answer({ error: error instanceof Error ? (error.stack ?? error.message) : String(error) }),
  );
});
