import { createWriteStream } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { availableParallelism } from 'node:os';
import path from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import type { Mutant as InstrumentedMutant } from '@stryker-mutator/api/core';
import type { HostMessage, HostRequest } from '../../host-messages.ts';
import type { Verdict } from '../../model.ts';
import { readUserConfig, type UserConfig, wantedTargets } from '../../reference/options.ts';
import { replacementInText } from '../../reference/replacement.ts';
import { TextSlices } from '../../reference/text-slices.ts';
import { Coordinator, DryRunFailed, type Said } from './coordinator.ts';
import { type Driver, type DriverRequest, NotHot } from './driver.ts';
import { type Instrumented, instrument } from './instrument.ts';
import { openSocket, Workers } from './workers.ts';

/**
 * The process that judges mutants hot, on the user's Node: `host.js RUN_FOLDER`. It reads `request.json` there, instruments in memory, starts
 * the framework's own workers with our code in them, and says what happens on file descriptor 4. Its parent ends it and everything it started.
 */

/** How long frameworks get to end by themselves (their global teardown, their servers), milliseconds. */
const FAREWELL_MS = 3000;
/** How much memory a worker may take beyond the dry run's, bytes. */
const MEMORY = 2 ** 30;

const out = createWriteStream('', { fd: 4 });
// A parent that is gone closes the pipe; the guard around this process then ends it.
out.on('error', () => {});
const tell = (message: HostMessage) => out.write(`${JSON.stringify(message)}\n`);

const runFolder = process.argv[2] as string;
const request = JSON.parse(await readFile(path.join(runFolder, 'request.json'), 'utf8')) as HostRequest;
const overlays = new Map(request.overlays);

const unfit = await main().then(
  () => undefined,
  (error: unknown) => {
    if (error instanceof NotHot) return error.message;
    if (error instanceof DryRunFailed) return error.message || 'tests fail before anything was changed';
    if (error instanceof AggregateError) for (const one of error.errors) console.error(one);
    return `it stopped: ${error instanceof Error ? (error.stack ?? error.message) : String(error)}`;
  },
);
tell({ kind: 'end', ...(unfit !== undefined && { unfit }) });
out.end(() => process.exit(0));

async function main(): Promise<void> {
  tell({ kind: 'phase', phase: 'instrumenting' });
  const user = await readUserConfig(request.directory);
  refuse(user);
  const targets = wantedTargets(request, user);
  for (const { file } of request.targets.filter((target) => !targets.includes(target))) tell({ kind: 'skipped', file });
  if (targets.length === 0) return;
  const instrumenting = instrument(targets, user.mutator?.excludedMutations ?? [], overlays);
  const server = await openSocket(runFolder);
  const concurrency = request.concurrency ?? Math.max(1, availableParallelism());
  const [driver, instrumented] = await Promise.all([
    start({
      directory: request.directory,
      framework: request.framework,
      mutated: targets.map(({ file }) => file),
      served: [...new Set([...targets.map(({ file }) => file), ...overlays.keys()])],
      workers: concurrency,
      textOf: async (file) => {
        const served = (await instrumenting).texts.get(file);
        const overlay = overlays.get(file);
        return served ?? (overlay === undefined ? undefined : { code: overlay });
      },
      log: (text) => tell({ kind: 'note', text }),
    }),
    instrumenting,
  ]);
  tell({ kind: 'phase', phase: 'dry-run' });
  const workers = new Workers(driver, server);
  const judged = instrumented.mutants.filter(({ status }) => status !== 'Ignored');
  const coordinator = new Coordinator({
    ids: judged.map(({ id }) => id),
    files: driver.files,
    workers,
    concurrency,
    dryRunMs: request.dryRunMinutes * 60_000,
    memory: MEMORY,
    tell: speaker(instrumented),
  });
  try {
    await coordinator.run();
  } finally {
    workers.finish();
    await Promise.race([driver.stop().catch(() => {}), delay(FAREWELL_MS)]);
  }
}

/** What only StrykerJS itself can do. */
function refuse(user: UserConfig): void {
  if (user.buildCommand) throw new NotHot('"buildCommand" is set: what the tests run is built first');
  if (user.ignorers?.length) throw new NotHot('"ignorers" are set, which are plugins of StrykerJS');
  if (user.checkers?.length) throw new NotHot('"checkers" are set, which are plugins of StrykerJS');
  if (user.mutator?.plugins) throw new NotHot('"mutator.plugins" is set');
}

async function start(driver: DriverRequest): Promise<Driver> {
  if (driver.framework.name === 'vitest') return (await import('../vitest/driver.ts')).startVitest(driver);
  if (driver.framework.name === 'jest') return (await import('../jest/driver.ts')).startJest(driver);
  throw new NotHot(`${driver.framework.name} is not driven hot`);
}

/** Tells what the coordinator says, in the words of the port. */
function speaker({ mutants }: Instrumented): (said: Said) => void {
  const byId = new Map(mutants.map((mutant) => [mutant.id, mutant]));
  const slices = new TextSlices(overlays);
  const full = (mutant: InstrumentedMutant, rest: Omit<Verdict, keyof ReturnType<typeof describe>>): Verdict => ({ ...describe(mutant, slices), ...rest });
  return (said) => {
    if (said.kind === 'note') return tell(said);
    if (said.kind === 'tests') {
      const tests = said.tests.map(({ name, file, durationMs, position }) => ({ name, file, durationMs, ...(position && { position }) }));
      return tell({ kind: 'tests', tests });
    }
    if (said.kind === 'planned') {
      tell({ kind: 'planned', mutants: mutants.length });
      tell({ kind: 'phase', phase: 'mutants' });
      for (const mutant of mutants) {
        if (mutant.status !== 'Ignored') continue;
        const reason = mutant.statusReason;
        tell({ kind: 'verdict', verdict: full(mutant, { static: false, status: 'Ignored', coveredBy: [], killedBy: [], ...(reason && { reason }) }) });
      }
      return;
    }
    const { id, ...rest } = said.verdict;
    tell({ kind: 'verdict', verdict: full(byId.get(id) as InstrumentedMutant, rest) });
  };
}

function describe(mutant: InstrumentedMutant, slices: TextSlices) {
  const { id, fileName: file, location: range, mutatorName: mutator, replacement } = mutant;
  const original = slices.slice(file, range);
  return { id, file, range, mutator, original, replacement: replacementInText(mutator, replacement, ...slices.around(file, range)) };
}
