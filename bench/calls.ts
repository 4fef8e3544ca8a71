import path from 'node:path';
import { parseArgs } from 'node:util';
import { HotExecutor, mutate, ResultBooks } from '../engine/mutation/index.ts';
import { machine } from './support/machine.ts';
import { spread, table } from './support/numbers.ts';
import { DEFAULT_SUBJECTS, prepareSubject, type Subject } from './support/subject.ts';

/**
 * What it costs to call tests beside what the same tests take by themselves: the time that workers spend in the hot pass (switching mutants, calling
 * tests with their hooks, confirming kills, telling verdicts), and what the framework measured for the same calls in the dry run.
 *
 *     node bench/calls.ts [--runs 5] [--concurrency 2] [vitest | jest | mocha | DIRECTORY:FILE …]
 */
const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: { runs: { type: 'string', default: '5' }, concurrency: { type: 'string', default: '2' } },
});

process.stdout.write(`${machine()}; ${values.runs} runs, concurrency ${values.concurrency}\n\n`);
const rows: string[][] = [];
for (const argument of positionals.length > 0 ? positionals : DEFAULT_SUBJECTS) {
  const subject = await prepareSubject(argument);
  const tallies = [];
  for (let run = 0; run < Number(values.runs); run++) tallies.push(await tallyOf(subject));
  rows.push([
    subject.name,
    `${subject.framework} ${subject.version}`,
    spread(
      tallies.map(({ calls }) => calls),
      0,
    ),
    spread(
      tallies.map(({ workMs }) => workMs),
      0,
    ),
    spread(
      tallies.map(({ bareMs }) => bareMs),
      0,
    ),
    spread(
      tallies.map(({ workMs, bareMs }) => workMs / bareMs),
      2,
    ),
  ]);
}
process.stdout.write(table(['file', 'framework', 'calls', 'in the hot pass, ms', 'in the dry run, ms', 'ratio'], rows));

async function tallyOf({ directory, file, name }: Subject): Promise<{ calls: number; workMs: number; bareMs: number }> {
  const executor = new HotExecutor({ once: true });
  const books = new ResultBooks();
  let said: RegExpExecArray | null = null;
  try {
    await mutate(
      {
        targets: [{ path: path.join(directory, file) }],
        folders: [directory],
        overlays: new Map(),
        node: { own: { path: process.execPath, version: process.versions.node } },
        concurrency: Number(values.concurrency),
        dryRunMinutes: 5,
        books,
        executor,
      },
      {
        signal: new AbortController().signal,
        report: ({ event }) => {
          if (event.kind === 'log') said = /^(\d+) calls of tests took (\d+) ms .* (\d+) ms in the dry run/.exec(event.line) ?? said;
        },
      },
    );
  } finally {
    await executor.end();
    books.close();
  }
  if (!said) throw new Error(`no test was called on ${name}`);
  const [, calls, workMs, bareMs] = (said as string[]).map(Number) as [number, number, number, number];
  return { calls, workMs, bareMs };
}
