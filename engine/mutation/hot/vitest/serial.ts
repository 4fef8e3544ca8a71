import { availableParallelism } from 'node:os';
import type { Options } from './server-types.ts';

/**
 * What says that test files run one after the other, if anything does.
 *
 * @param command the options of the command
 * @param configs those of each configuration, in which Vitest 5 has put its defaults
 * @param cores how many processors there are: Vitest leaves one of them to others by default
 */
export function serialIn(command: Options, configs: readonly (object | undefined)[], cores = availableParallelism()): string | undefined {
  for (const one of [command, ...configs]) {
    const { fileParallelism, maxWorkers, poolOptions } = (one ?? {}) as Options;
    if (fileParallelism === false) return 'fileParallelism: false';
    if (Number(maxWorkers) === 1 && (one === command || cores > 2)) return 'maxWorkers: 1';
    for (const pool of Object.values((poolOptions ?? {}) as Record<string, Options | undefined>)) {
      for (const name of ['singleFork', 'singleThread']) if (pool?.[name] === true) return `${name}: true`;
    }
  }
  return undefined;
}
