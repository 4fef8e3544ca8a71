import { existsSync } from 'node:fs';
import { rename, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { nodeArguments } from '../../mocha-package.ts';
import { type Driver, type DriverRequest, NotHot, type TestFile } from '../host/driver.ts';
import { filesAmong } from '../node/files-among.ts';
import { NodeWorkers } from '../node/node-workers.ts';
import { ENV } from '../worker/names.ts';
import { mochaPlan } from './options.ts';
import { combinedName, PLAN_FILE, togetherName } from './plan.ts';

/** Drives Mocha 8 to 12: processes of ours, in which the user's own Mocha runs one test file after the other. */
export async function startMocha(request: DriverRequest): Promise<Driver> {
  const { directory, framework, folder } = request;
  const kept = path.join(directory, '.assay', 'compile-cache', 'ts-node');
  let keeps = true;
  const asConfigured = async () => {
    keeps = false;
  };
  const workers = new NodeWorkers(request, {
    script: 'mocha-worker.js',
    servesModules: true,
    env: () => (keeps ? { [ENV.compiled]: kept } : {}),
  });
  const readPlan = async () => {
    const { plan, loaded } = mochaPlan(framework.args, directory);
    if (plan.files.length === 0) throw new NotHot('Mocha finds no test files');
    const file = path.join(folder, PLAN_FILE);
    await writeFile(`${file}.part`, JSON.stringify(plan));
    await rename(`${file}.part`, file);
    return {
      files: plan.files,
      nodeArgs: [...framework.nodeArgs, ...nodeArguments(loaded, directory)],
    };
  };
  const plan = await readPlan();
  const { nodeArgs } = plan;
  let { files } = plan;
  workers.prepare(nodeArgs, files.length);
  const unit = (file: string): TestFile => ({ file, group: '' });
  return {
    files: files.map(unit),
    parallel: false,
    together: [unit(togetherName(directory))],
    // ts-node may be registered by what nobody here reads.
    get asConfigured() {
      return existsSync(kept) ? asConfigured : undefined;
    },
    // What a file leaves behind, those after it in Mocha's own order may find, and no others.
    combine: (some) => unit(combinedName(files.filter((file) => some.includes(file)))),
    startWorker: (first) => workers.start(first),
    stop: () => workers.stop(),
    warm: {
      configFiles: [...(framework.configFile ? [framework.configFile] : []), ...filesAmong(nodeArgs, directory)],
      begin: (_, texts) => workers.serve(texts),
      async findFiles() {
        ({ files } = await readPlan());
        return files.map(unit);
      },
      rest: () => workers.rest(),
    },
  };
}
