import { serve } from '../../engine/mutation/hot/worker/link.ts';

/** A worker that comes to an error in the middle of its first job. It would stay alive for a minute. */
setTimeout(() => {}, 60_000);
const fail = async (): Promise<never> => {
  throw new Error('the floor is gone');
};
await serve({ fresh: fail, open: fail }, 'f');
