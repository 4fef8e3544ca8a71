import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { rmSync } from 'node:fs';
import path from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { parseArgs } from 'node:util';
import { descendants } from '../test/support/processes.ts';
import { Client } from './support/client.ts';
import { sayCounts } from './support/counts.ts';
import { vitestWorkspace } from './support/generated.ts';
import { machine } from './support/machine.ts';
import { spread, table } from './support/numbers.ts';
import { memoryOf } from './support/process-figures.ts';

/**
 * A folder of many files in the editor: the memory of all processes beside that of the plain test run, and, in a run of its own, how long the server takes
 * to answer while it judges: whoever reads in `/proc` how much memory a process has keeps it from getting more (Linux).
 *
 *     node bench/load.ts [--files 200] [--concurrency 2]
 */
const { values } = parseArgs({ options: { files: { type: 'string', default: '200' }, concurrency: { type: 'string', default: '2' } } });
/** How often memory is looked at, milliseconds. */
const LOOK_MS = 250;
/** How often the server is asked, milliseconds. */
const ASK_MS = 100;
const ASKED = 'src/file0.ts';

const concurrency = Number(values.concurrency);
const directory = vitestWorkspace(Number(values.files));
process.stdout.write(`${machine()}; ${values.files} files, concurrency ${concurrency}\n\n`);
const plain = await plainRun();
const assay = await assayRun(async (client, run) => ({ peak: await peakUntil(run, client.server.pid as number) }));
rmSync(path.join(directory, '.assay'), { recursive: true });
const { answers } = await assayRun(async (client, run) => ({ answers: await asked(client, run) }));
const memory = [
  [plain.peak, assay.peak, assay.peak / plain.peak].map((n, i) => n.toFixed(i < 2 ? 0 : 2)),
  [plain.seconds, assay.seconds, assay.seconds / plain.seconds].map((n) => n.toFixed(1)),
];
process.stdout.write(
  table(
    ['', 'plain test run', 'Assay', 'ratio'],
    [
      ['most memory of all processes (PSS), MiB', ...(memory[0] as string[])],
      ['time, s', ...(memory[1] as string[])],
    ],
  ),
);
process.stdout.write(`\n${assay.counts}\n\n`);
process.stdout.write(
  table(
    ['a lens asked for during the run, ms', 'the longest, ms', 'the server at the end, MiB'],
    [[spread(answers, 1), Math.max(...answers).toFixed(1), assay.server.toFixed(0)]],
  ),
);

async function plainRun(): Promise<{ peak: number; seconds: number }> {
  const started = performance.now();
  const cli = path.join(directory, 'node_modules', 'vitest', 'vitest.mjs');
  const child = spawn(process.execPath, [cli, 'run', `--maxWorkers=${concurrency}`, '--pool=forks'], { cwd: directory, stdio: 'ignore' });
  const ended = once(child, 'exit');
  const peak = await peakUntil(ended, child.pid as number);
  const [status] = (await ended) as [number | null];
  if (status !== 0) throw new Error(`the plain test run ended with ${status}`);
  return { peak, seconds: (performance.now() - started) / 1000 };
}

/** Judges the folder; `watch` looks on until that has ended. */
async function assayRun<Seen>(watch: (client: Client, run: Promise<unknown>) => Promise<Seen>) {
  const client = await Client.start(directory, concurrency);
  await client.open(ASKED);
  const started = performance.now();
  const run = client.mutate('src');
  const seen = await watch(client, run);
  const { status, counts, failures } = await run;
  const seconds = (performance.now() - started) / 1000;
  if (status !== 'done') throw new Error(`the run ended as ${status}: ${failures.map(({ message }) => message).join(' ')}`);
  const { rss } = memoryOf(client.server.pid as number);
  await client.stop();
  return { ...seen, seconds, counts: sayCounts({ ...counts }), server: rss };
}

/** Asks for a lens again and again until the end; answers how long each took, milliseconds. */
async function asked(client: Client, end: Promise<unknown>): Promise<number[]> {
  const took: number[] = [];
  for (let over = false; !over; ) {
    const started = performance.now();
    await client.lenses(ASKED);
    took.push(performance.now() - started);
    over = await Promise.race([end.then(() => true), delay(ASK_MS, false)]);
  }
  return took;
}

/** The most memory that a process and all its descendants held together until the end, MiB. */
async function peakUntil(end: Promise<unknown>, pid: number): Promise<number> {
  let peak = 0;
  for (let over = false; !over; ) {
    let sum = 0;
    for (const one of [pid, ...descendants(pid)]) {
      try {
        sum += memoryOf(one).pss;
      } catch {
        // It has ended since.
      }
    }
    peak = Math.max(peak, sum);
    over = await Promise.race([end.then(() => true), delay(LOOK_MS, false)]);
  }
  return peak;
}
