import { createRequire } from 'node:module';
import path from 'node:path';
import { firstFile } from '../node/first-file.ts';
import { hideFlags } from '../worker/flags.ts';
import { serve } from '../worker/link.ts';
import { ENV, transformedFolder } from '../worker/names.ts';
import { Remembered } from '../worker/remembered.ts';
import { JestHarness } from './harness.ts';
import type { TestWorker, Transformed } from './jest-types.ts';
import { keepCompiledFunctions } from './kept-modules.ts';
import { rehearsalOf } from './rehearsal.ts';
import { readSetup, setupTime, type Unit, type WorkerSetup } from './setup.ts';
import { directTransformer } from './transformer.ts';

/**
 * A worker of Jest: does what Jest's own worker does (`testWorker` of jest-runner, which it uses), with circus told what to run by the host.
 * The file that it was started for is the first line of its standard input.
 */
hideFlags();
const folder = process.env[ENV.folder] as string;
let readAt = setupTime(folder);
let setup = readSetup(folder);
const [one] = setup.projects as [WorkerSetup['projects'][number]];
const home = one.config.runner;
const fromRunner = createRequire(home);

// Jest's own listener would end this process, which the host takes for the mutant's doing.
const listeners = process.listeners('uncaughtException');
const testWorker = fromRunner(path.join(path.dirname(home), 'testWorker.js')) as TestWorker;
for (const listener of process.listeners('uncaughtException')) if (!listeners.includes(listener)) process.off('uncaughtException', listener);

// Jest has a cache of its own, but to find a file in it the transformer has to be started: ts-jest reads the whole project first, in each process that takes
// the place of one that a mutant hung.
const remembered = new Remembered<Transformed>(transformedFolder(process.env[ENV.texts] as string));
const useSetup = () => {
  harness.plainGlobals = setup.plainGlobals;
  return testWorker.setup({
    serializableResolvers: setup.projects.map(({ config, moduleMap }) => ({ config, serializableModuleMap: moduleMap })),
  });
};
const harness = new JestHarness(remembered, async (unit) => {
  const written = setupTime(folder);
  if (written > readAt) {
    // Files came or went while this process waited.
    readAt = written;
    setup = readSetup(folder);
    await useSetup();
  }
  const { path: file, project } = setup.units.get(unit) as Unit;
  const { config } = setup.projects[project] as WorkerSetup['projects'][number];
  return testWorker.worker({ config, globalConfig: setup.globalConfig, path: file, context: {} });
});
keepCompiledFunctions();
process.on('uncaughtException', (error) => harness.unhandled(error));
process.on('unhandledRejection', (reason) => harness.unhandled(reason));
await directTransformer(fromRunner('@jest/transform'), setup.projects, harness, remembered);
await useSetup();
const rehearsal = process.env[ENV.waits] ? rehearsalOf(setup) : undefined;
if (rehearsal) await harness.rehearse(() => testWorker.worker({ ...rehearsal, context: {} }));
const first = await firstFile();
if (first !== undefined) {
  await serve(harness, first);
  await harness.leave();
}
process.exit(0);
