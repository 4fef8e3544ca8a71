import { readdirSync } from 'node:fs';
import os from 'node:os';
import { setTimeout as delay } from 'node:timers/promises';
import { parseArgs } from 'node:util';
import { CancellationTokenSource } from 'vscode-languageserver-protocol/node';
import { descendants, isAlive } from '../test/support/processes.ts';
import { Client } from './support/client.ts';
import { machine } from './support/machine.ts';
import { spread, table } from './support/numbers.ts';
import { memoryOf } from './support/process-figures.ts';
import { prepareSubject } from './support/subject.ts';

/**
 * What runs and cancels in a row leave behind: processes, temporary folders, memory of the server; and how long it takes from a cancel until nothing
 * of the run is alive (Linux: it reads `/proc`).
 *
 *     node bench/endurance.ts [--runs 200] [vitest | jest | mocha | DIRECTORY:FILE]
 */
const { values, positionals } = parseArgs({ allowPositionals: true, options: { runs: { type: 'string', default: '200' } } });
/** How long a run goes on before it is cancelled, at most, milliseconds: from the start of the host to the middle of the mutants. */
const LONGEST_MS = 2500;

const subject = await prepareSubject(positionals[0] ?? 'vitest');
const client = await Client.start(subject.directory);
await client.open(subject.file);
const server = client.server.pid as number;
const deaths: number[] = [];
let before = 0;
let finished = 0;
const runs = Number(values.runs);
for (let run = 0; run < runs; run++) {
  const source = new CancellationTokenSource();
  const judged = client.mutate(subject.file, source.token).catch(() => undefined);
  // Each part of a run is met by some of them; the same ones every time.
  await Promise.race([judged, delay(((run * 7919) % 100) * (LONGEST_MS / 100))]);
  source.cancel();
  const cancelled = performance.now();
  // What was done before stays warm.
  if ((await judged)?.status === 'done') finished++;
  else {
    while (descendants(server).length > 0 && performance.now() - cancelled < 10_000) await delay(5);
    deaths.push(performance.now() - cancelled);
  }
  if (run === Math.floor(runs / 10)) before = memoryOf(server).rss;
}
await delay(1000);
const after = memoryOf(server).rss;
const pids = descendants(server);
await client.stop();
await delay(500);
const left = pids.filter(isAlive).length;
const folders = readdirSync(os.tmpdir()).filter((name) => name.startsWith(`assay-${server}-`)).length;
process.stdout.write(`${machine()}; ${runs} runs of ${subject.name}, ${finished} done before they were cancelled\n\n`);
process.stdout.write(
  table(
    ['cancel until all are gone, ms', 'processes left', 'temporary folders left', 'server after a tenth of them, MiB', 'at the end, MiB'],
    [[spread(deaths, 0), String(left), String(folders), before.toFixed(0), after.toFixed(0)]],
  ),
);
