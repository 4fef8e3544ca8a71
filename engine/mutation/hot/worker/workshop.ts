import type { Builtins } from './builtins.ts';
import type { Caller } from './caller.ts';
import type { Claims } from './claims.ts';
import type { Harness } from './harness.ts';
import type { Heartbeat } from './heartbeat.ts';
import type { Leavings } from './leavings.ts';
import type { Switchboard } from './switchboard.ts';

/** What the jobs of a worker are done with. */
export interface Workshop {
  harness: Harness;
  switches: Switchboard;
  heartbeat: Heartbeat;
  /** The process as it was before any test. */
  builtins: Builtins;
  caller: Caller;
  claims: Claims;
  /** What files leave for those after them, where the framework runs each in a process of its own. */
  leavings?: Leavings;
}
