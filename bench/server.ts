import { setTimeout as delay } from 'node:timers/promises';
import { Client } from './support/client.ts';
import { sayCounts } from './support/counts.ts';
import { manyFiles, mochaWorkspace } from './support/generated.ts';
import { minifiedInstallation } from './support/installation.ts';
import { machine } from './support/machine.ts';
import { spread, table } from './support/numbers.ts';
import { jiffiesOf, memoryOf } from './support/process-figures.ts';
import { prepareSubject } from './support/subject.ts';

/**
 * What the language server costs, as it ships (minified): how soon it answers in a workspace of 1,000 files, what it does while nobody asks, and
 * how much memory it holds after a run.
 *
 *     node bench/server.ts
 */
const STARTS = 10;
const FILES = 1000;
const IDLE_SECONDS = 10;
/** How long the server is left alone before its memory or its idleness is looked at, milliseconds. */
const SETTLE_MS = 3000;
const MEMORY_TARGET_MIB = 120;

process.stdout.write(`${machine()}\n\n`);
const installation = minifiedInstallation();
process.stdout.write(`${await starts()}\n${await idle()}\n${await memory()}`);

async function starts(): Promise<string> {
  const { directory, file } = manyFiles(FILES);
  const initialize: number[] = [];
  const lens: number[] = [];
  for (let i = 0; i < STARTS; i++) {
    const started = performance.now();
    const client = await Client.start(directory, 2, installation);
    await client.open(file);
    await client.lenses(file);
    lens.push(performance.now() - started);
    initialize.push(client.startMs);
    await client.stop();
  }
  const rows = [[String(FILES), spread(initialize, 0), spread(lens, 0)]];
  return table(['TypeScript files', 'started and initialized, ms', 'first lens answered, ms'], rows);
}

async function idle(): Promise<string> {
  const { directory, file } = manyFiles(FILES);
  const client = await Client.start(directory, 2, installation);
  await client.open(file);
  await client.lenses(file);
  await delay(SETTLE_MS);
  const pid = client.server.pid as number;
  const before = jiffiesOf(pid);
  await delay(IDLE_SECONDS * 1000);
  const spent = jiffiesOf(pid) - before;
  const { rss, pss } = memoryOf(pid);
  await client.stop();
  return table(
    [`processor time in ${IDLE_SECONDS} s of idleness, jiffies`, 'resident, MiB', 'PSS, MiB'],
    [[String(spent), rss.toFixed(0), pss.toFixed(0)]],
  );
}

async function memory(): Promise<string> {
  const vitest = await prepareSubject('vitest');
  const rows = [
    await afterRun('the Vitest fixture', vitest.directory, vitest.file),
    await afterRun('a generated file with more mutants', mochaWorkspace(100, 100), 'src/a.js'),
  ];
  return table(['after a run on', 'mutants', 'resident, MiB', 'PSS, MiB', 'most, MiB', `below ${MEMORY_TARGET_MIB} MiB`], rows);
}

async function afterRun(what: string, directory: string, file: string): Promise<string[]> {
  const client = await Client.start(directory, 2, installation);
  await client.open(file);
  const { status, counts } = await client.mutate(file);
  if (status !== 'done') throw new Error(`the run on ${what} ended as ${status}`);
  await client.lenses(file);
  await delay(SETTLE_MS);
  const { rss, pss, peak } = memoryOf(client.server.pid as number);
  await client.stop();
  const below = Math.max(rss, peak) < MEMORY_TARGET_MIB ? 'yes' : 'NO';
  return [what, sayCounts({ ...counts }), rss.toFixed(0), pss.toFixed(0), peak.toFixed(0), below];
}
