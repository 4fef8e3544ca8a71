import { firstFile } from '../node/first-file.ts';
import { serve } from '../worker/link.ts';
import { ENV } from '../worker/names.ts';
import { MochaHarness } from './harness.ts';
import { readPlan } from './plan.ts';

/** A process in which the user's own Mocha runs test files, as the host asks. */

const folder = process.env[ENV.folder] as string;
const harness = new MochaHarness(readPlan(folder), () => readPlan(folder).files);
const first = await firstFile();
if (first !== undefined) {
  await serve(harness, first);
  await harness.end();
}
process.exit();
