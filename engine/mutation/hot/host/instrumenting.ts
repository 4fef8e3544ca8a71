import { isMainThread, parentPort, Worker, workerData } from 'node:worker_threads';
import { shippedFile } from '../../../process/index.ts';
import { type Instrumented, instrument, type ToInstrument } from './instrument.ts';

/** What the thread is given. */
interface Order {
  files: readonly ToInstrument[];
  excludedMutations: readonly string[];
  overlays: ReadonlyMap<string, string>;
}

/** Instruments in a thread of its own: the instrumenter takes as long to load as the test framework does, and neither waits for the other. */
export function instrumentInThread(order: Order): Promise<Instrumented> {
  return new Promise((resolve, reject) => {
    const thread = new Worker(shippedFile('dist', 'hot', 'instrumenting.js'), { workerData: order });
    thread.once('message', resolve);
    thread.once('error', reject);
  });
}

if (!isMainThread && parentPort) {
  const { files, excludedMutations, overlays } = workerData as Order;
  parentPort.postMessage(await instrument(files, excludedMutations, overlays));
}
