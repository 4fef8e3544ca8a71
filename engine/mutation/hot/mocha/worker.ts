import { readFileSync } from 'node:fs';
import path from 'node:path';
import { firstFile } from '../node/first-file.ts';
import { serve } from '../worker/link.ts';
import { ENV } from '../worker/names.ts';
import { MochaHarness } from './harness.ts';
import { type MochaPlan, PLAN_FILE } from './plan.ts';

/** A process in which the user's own Mocha runs test files, as the host asks. */

const plan = JSON.parse(readFileSync(path.join(process.env[ENV.folder] as string, PLAN_FILE), 'utf8')) as MochaPlan;
const harness = new MochaHarness(plan);
const first = await firstFile();
if (first !== undefined) {
  await serve(harness, first);
  await harness.end();
}
process.exit();
