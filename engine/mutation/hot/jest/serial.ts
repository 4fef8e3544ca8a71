import type { Argv } from './jest-types.ts';

/** What of a command says that test files run one after the other, if anything does. Of the configuration it is not known: on two processors one worker is the default. */
export function serialIn({ runInBand, maxWorkers }: Argv): string | undefined {
  if (runInBand) return '--runInBand';
  return Number(maxWorkers) === 1 ? '--maxWorkers=1' : undefined;
}
