import assert from 'node:assert/strict';
import { serialIn } from './serial.ts';

/** Options of a command and of a configuration, the number of processors, and what of the options says that files run one after the other. */
const CASES: [command: object, config: object | undefined, cores: number, serial: string | undefined][] = [
  [{}, undefined, 4, undefined],
  [{}, { fileParallelism: true, maxWorkers: 2, poolOptions: { forks: { singleFork: false }, threads: undefined } }, 4, undefined],
  [{ maxWorkers: '50%' }, {}, 4, undefined],
  [{ fileParallelism: false }, {}, 2, 'fileParallelism: false'],
  [{}, { fileParallelism: false }, 2, 'fileParallelism: false'],
  [{ maxWorkers: '1' }, {}, 2, 'maxWorkers: 1'],
  [{}, { maxWorkers: 1 }, 4, 'maxWorkers: 1'],
  [{}, { maxWorkers: 1 }, 2, undefined],
  [{}, { poolOptions: { forks: { singleFork: true } } }, 2, 'singleFork: true'],
  [{}, { poolOptions: { threads: { singleThread: true } } }, 2, 'singleThread: true'],
];

describe('what has Vitest run test files one after the other', () => {
  for (const [command, config, cores, serial] of CASES) {
    it(`${JSON.stringify(command)} ${JSON.stringify(config)} with ${cores}: ${serial}`, () =>
      assert.equal(serialIn({ ...command }, [config], cores), serial));
  }
});
