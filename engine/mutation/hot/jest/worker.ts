import { createRequire } from 'node:module';
import path from 'node:path';
import { firstFile } from '../node/first-file.ts';
import { serve } from '../worker/link.ts';
import { ENV } from '../worker/names.ts';
import { JestHarness } from './harness.ts';
import type { TestWorker } from './jest-types.ts';
import { readSetup, type Unit, type WorkerSetup } from './setup.ts';
import { directTransformer } from './transformer.ts';

/**
 * A worker of Jest: does what Jest's own worker does (`testWorker` of jest-runner, which it uses), with circus told what to run by the host.
 * The file that it was started for is the first line of its standard input.
 */
const folder = process.env[ENV.folder] as string;
let { projects, units, globalConfig } = readSetup(folder);
const [one] = projects as [WorkerSetup['projects'][number]];
const home = one.config.runner;
const fromRunner = createRequire(home);

// Jest's own listener would end this process, which the host takes for the mutant's doing.
const listeners = process.listeners('uncaughtException');
const testWorker = fromRunner(path.join(path.dirname(home), 'testWorker.js')) as TestWorker;
for (const listener of process.listeners('uncaughtException')) if (!listeners.includes(listener)) process.off('uncaughtException', listener);

const harness = new JestHarness((unit) => {
  // It may be newer than this process.
  if (!units.has(unit)) ({ units } = readSetup(folder));
  const { path: file, project } = units.get(unit) as Unit;
  const { config } = projects[project] as WorkerSetup['projects'][number];
  return testWorker.worker({ config, globalConfig, path: file, context: {} });
});
process.on('uncaughtException', (error) => harness.unhandled(error));
process.on('unhandledRejection', (reason) => harness.unhandled(reason));
await directTransformer(fromRunner('@jest/transform'), projects, harness);
await testWorker.setup({ serializableResolvers: projects.map(({ config, moduleMap }) => ({ config, serializableModuleMap: moduleMap })) });
const first = await firstFile();
if (first !== undefined) {
  await serve(harness, first);
  await harness.leave();
}
process.exit(0);
