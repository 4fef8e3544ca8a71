import { createRequire } from 'node:module';
import path from 'node:path';
import { type JestCoverage, measuredByJest } from '../../coverage/node/jest.ts';
import { wantedOf } from './wanted.ts';

interface GlobalConfig extends JestCoverage {
  reporters?: readonly (readonly [string, unknown])[];
}

interface ReadConfigs {
  globalConfig: GlobalConfig;
}

interface JestConfig {
  /** Answers at once in Jest 24 and older. */
  readConfigs(...args: unknown[]): Promise<ReadConfigs> | ReadConfigs;
}

/** Which packages lead from a program to the one that reads Jest's configuration. */
const WAYS = [['jest-cli', '@jest/core'], ['jest', '@jest/core'], ['@jest/core'], ['react-scripts', 'jest', '@jest/core']];

/** Adds a reporter of ours to those that Jest's configuration names, or to its own, when the configuration has been read. */
export function listen(script: string | undefined): void {
  if (script === undefined) return;
  const file = configPackage(script);
  const require = createRequire(file);
  const config = require(file) as JestConfig;
  const entry = require.cache[file];
  if (!entry) return;
  const readConfigs: JestConfig['readConfigs'] = (...args) => {
    const read = config.readConfigs(...args);
    return 'then' in read ? read.then(withReporter) : withReporter(read);
  };
  const { readConfigs: _, ...others } = Object.getOwnPropertyDescriptors(config);
  entry.exports = Object.defineProperties({ readConfigs }, others);
}

function withReporter(read: ReadConfigs): ReadConfigs {
  const { reporters = [['default', {}]] } = read.globalConfig;
  const ours: [string, unknown] = [path.join(__dirname, 'jest-reporter.cjs'), {}];
  const wanted = wantedOf('jest');
  const some = wanted && { runTestsByPath: true, nonFlagArgs: wanted.files, testNamePattern: wanted.pattern.source };
  return {
    ...read,
    globalConfig: Object.freeze({
      ...read.globalConfig,
      ...some,
      ...measuredByJest(read.globalConfig, wanted !== undefined),
      reporters: [...reporters, ours],
    }),
  };
}

/** Absolute path of the package jest-config that the program is going to use. */
function configPackage(script: string): string {
  for (const way of WAYS) {
    try {
      return [...way, 'jest-config'].reduce((from, name) => createRequire(from).resolve(name), script);
    } catch {
      // Another way may lead there.
    }
  }
  throw new Error(`Jest's configuration is not found from ${script}.`);
}
