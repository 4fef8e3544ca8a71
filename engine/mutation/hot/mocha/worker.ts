import { readFileSync } from 'node:fs';
import path from 'node:path';
import { createInterface } from 'node:readline';
import { serve } from '../worker/link.ts';
import { ENV } from '../worker/names.ts';
import { MochaHarness } from './harness.ts';
import { type MochaPlan, PLAN_FILE } from './plan.ts';

/** A process in which the user's own Mocha runs test files, as the host asks. The first line of its input names the first file. */

const plan = JSON.parse(readFileSync(path.join(process.env[ENV.folder] as string, PLAN_FILE), 'utf8')) as MochaPlan;
const harness = new MochaHarness(plan);
const lines = createInterface({ input: process.stdin });
const { value: first } = await lines[Symbol.asyncIterator]().next();
lines.close();
process.stdin.destroy();
if (first !== undefined) {
  await serve(harness, first);
  await harness.end();
}
process.exit();
