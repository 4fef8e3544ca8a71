import { writeFile } from 'node:fs/promises';
import path from 'node:path';
import { nodeArguments } from '../../mocha-package.ts';
import { type Driver, type DriverRequest, NotHot, type TestFile } from '../host/driver.ts';
import { NodeWorkers } from '../node/node-workers.ts';
import { mochaPlan } from './options.ts';
import { PLAN_FILE, togetherName } from './plan.ts';

/** Drives Mocha 8 to 12: processes of ours, in which the user's own Mocha runs one test file after the other. */
export async function startMocha(request: DriverRequest): Promise<Driver> {
  const { directory, framework, folder } = request;
  const workers = new NodeWorkers(request, 'mocha-worker.js');
  const { plan, loaded } = mochaPlan(framework.args, directory);
  if (plan.files.length === 0) throw new NotHot('Mocha finds no test files');
  await writeFile(path.join(folder, PLAN_FILE), JSON.stringify(plan));
  workers.prepare([...framework.nodeArgs, ...nodeArguments(loaded, directory)]);
  const unit = (file: string): TestFile => ({ file, group: '' });
  return {
    files: plan.files.map(unit),
    together: [unit(togetherName(directory))],
    startWorker: (first) => workers.start(first),
    stop: async () => {},
  };
}
