/**
 * What a rung costs over its bare command, and how soon a cancel ends it: `node bench/ladder.ts [--pairs 5] [--cancels 20] DIRECTORY …`, each with the commands that detection finds.
 * They run in copies of the directories, in turns. `npm run build` must have run.
 */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { cpSync } from 'node:fs';
import path from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { parseArgs } from 'node:util';
import { detect, type Project } from '../engine/detection/index.ts';
import { type Proof, type Rung, shellLine, USUAL_LOAD, verify } from '../engine/verification/index.ts';
import { machine } from './support/machine.ts';
import { median, table } from './support/numbers.ts';
import { temporaryFolder } from './support/temporary.ts';

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: { pairs: { type: 'string', default: '5' }, cancels: { type: 'string', default: '20' } },
});
const rows: string[][] = [];
console.error(machine());

for (const directory of positionals) {
  const copy = path.join(temporaryFolder(), path.basename(directory));
  cpSync(directory, copy, { recursive: true, verbatimSymlinks: true });
  const [project] = (await detect(copy)).projects;
  if (!project) throw new Error(`There is no project in ${directory}.`);
  for (const rung of ['compile', 'test'] as const) await compare(project, rung);
}
console.log(table(['project', 'rung', 'command', 'what it came to', 'bare, s', 'more, median of pairs', '', 'cancel, ms: median, slowest'], rows));

async function compare(project: Project, rung: Rung): Promise<void> {
  // The first run fills caches, and tells which commands are run.
  const first = await prove(project, rung);
  if (!first) return;
  const bare: number[] = [];
  const proved: number[] = [];
  for (let i = 0; i < Number(values.pairs); i++) {
    const both = [
      async () => bare.push(await runBare(first)),
      async () => {
        const began = performance.now();
        await prove(project, rung);
        proved.push(performance.now() - began);
      },
    ];
    for (const one of i % 2 === 0 ? both : both.reverse()) await one();
  }
  const more = median(proved.map((ms, i) => ms - (bare[i] as number)));
  const cancels: number[] = [];
  for (let i = 0; i < Number(values.cancels); i++)
    cancels.push(await cancelled(project, rung, (median(bare) * (i + 1)) / (Number(values.cancels) + 2)));
  rows.push([
    project.name,
    rung,
    first.runs.map(({ command }) => `\`${shellLine(command, project.directory)}\``).join(', '),
    first.summary,
    (median(bare) / 1000).toFixed(2),
    `${more.toFixed(0)} ms`,
    `${((100 * more) / median(bare)).toFixed(1)} %`,
    `${median(cancels).toFixed(0)}, ${Math.max(...cancels).toFixed(0)}`,
  ]);
  console.error(rows.at(-1)?.join(' | '));
}

/** The commands of a proof as a terminal runs them, one after the other; milliseconds. */
async function runBare({ runs }: Proof): Promise<number> {
  const began = performance.now();
  for (const { command } of runs) {
    const [program = '', ...args] = command.argv;
    const child = spawn(program, args, {
      cwd: command.cwd,
      env: { ...process.env, ...command.env, CI: '1', NO_COLOR: '1' },
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    child.stdout.resume();
    child.stderr.resume();
    await once(child, 'close');
  }
  return performance.now() - began;
}

/** How long after a cancel, which comes so many milliseconds after the beginning, all is over; milliseconds. */
async function cancelled(project: Project, rung: Rung, after: number): Promise<number> {
  const cancel = new AbortController();
  const proving = prove(project, rung, cancel.signal);
  await delay(after);
  const asked = performance.now();
  cancel.abort();
  await proving;
  return performance.now() - asked;
}

async function prove(project: Project, rung: Rung, signal = new AbortController().signal): Promise<Proof | undefined> {
  const { rungs } = await verify(
    {
      project,
      rungs: [rung],
      commands: {},
      options: { time: 600_000, memory: 8e9, environment: [], offline: false },
      load: USUAL_LOAD,
      install: false,
      keeping: { days: 30, bytes: 1e9 },
      node: { own: { path: process.execPath, version: process.versions.node } },
    },
    { signal, report: () => {} },
  );
  const [outcome] = rungs;
  return outcome && 'proof' in outcome ? outcome.proof : undefined;
}
