import { firstFile } from '../node/first-file.ts';
import { serve } from '../worker/link.ts';
import { NodeTestHarness } from './harness.ts';
import { TIMEOUT_ENV } from './names.ts';

/** A process in which test files of node:test run, as the host asks. */

const harness = new NodeTestHarness(Number(process.env[TIMEOUT_ENV] ?? Number.POSITIVE_INFINITY));
const first = await firstFile();
if (first !== undefined) await serve(harness, first);
process.exit();
