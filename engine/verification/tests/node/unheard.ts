import { leaveChildrenAlone } from './tell.ts';

/** A framework that has no reporter of ours is about to run: what its tests start is not the project's. */
export function listen(): void {
  leaveChildrenAlone();
}
