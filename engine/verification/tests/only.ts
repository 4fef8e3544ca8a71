import type { ProjectCommand } from '../../detection/index.ts';
import type { RanTest } from '../model.ts';

/** The command that runs just some tests again; undefined where that cannot be said. */
export function only(_failed: readonly RanTest[], _command: ProjectCommand): ProjectCommand | undefined {
  return undefined;
}
