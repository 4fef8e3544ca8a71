import { nursery } from '../../../memory/index.ts';

/** What Node is started with in each worker: what is new on its heap is cleared every 4 MiB. */
export const SMALL_NURSERY = nursery(4);
