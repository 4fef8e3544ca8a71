/**
 * How long detection takes, each of several processes by itself: `node bench/detection-time.ts [--processes 7] DIRECTORY…`, the largest repository first.
 * A process detects a repository for the first time and five times again, with its modules loaded; others run `assay detect --json -` from their start to
 * their end. `npm run build` must have run.
 */
import path from 'node:path';
import { parseArgs } from 'node:util';
import { detectIn } from '../engine/detection/detect.ts';
import { readTree } from '../engine/detection/text/read-tree.ts';
import { runNode } from './support/command.ts';
import { machine } from './support/machine.ts';
import { spread, table } from './support/numbers.ts';
import { ROOT } from './support/temporary.ts';

/** Milliseconds, and of these what the processor worked. */
interface Time {
  wall: number;
  processor: number;
}

/** What a process found out. */
interface Times {
  files: number;
  first: Time;
  again: Time[];
}

const AGAIN = 5;
/** Has a process say in the end what the processor worked for it since its start. */
const TELL_PROCESSOR = `data:text/javascript,process.on('exit',()=>{const{user,system}=process.cpuUsage();console.error('processor '+(user+system)/1000)})`;
const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: { processes: { type: 'string', default: '7' }, once: { type: 'string' } },
});

if (values.once !== undefined) process.stdout.write(JSON.stringify(await timesOf(values.once)));
else {
  process.stdout.write(`${machine()}\n\n`);
  const rows: { files: number; cells: string[] }[] = [];
  for (const directory of positionals) rows.push(await rowOf(path.resolve(directory)));
  process.stdout.write(
    table(
      ['repository', 'files', 'first, ms', 'processor', 'again, ms', 'processor', '`assay detect`, ms', 'processor'],
      rows.toSorted((a, b) => b.files - a.files).map(({ cells }) => cells),
    ),
  );
}

async function rowOf(directory: string): Promise<{ files: number; cells: string[] }> {
  const told: Times[] = [];
  const commands: Time[] = [];
  for (let i = 0; i < Number(values.processes); i++) {
    told.push(JSON.parse((await ran([import.meta.filename, '--once', directory])).output) as Times);
    const { output, wallMs } = await ran(['--import', TELL_PROCESSOR, path.join(ROOT, 'dist', 'cli.js'), 'detect', '--json', '-', directory]);
    commands.push({ wall: wallMs, processor: Number(/^processor (.*)$/m.exec(output)?.[1]) });
  }
  const files = told[0]?.files ?? 0;
  const both = (times: readonly Time[]) => [
    spread(
      times.map(({ wall }) => wall),
      0,
    ),
    spread(
      times.map(({ processor }) => processor),
      0,
    ),
  ];
  const name = path.basename(directory).replace('+', '/');
  return {
    files,
    cells: [name, String(files), ...both(told.map(({ first }) => first)), ...both(told.flatMap(({ again }) => again)), ...both(commands)],
  };
}

async function ran(args: string[]): Promise<{ output: string; wallMs: number }> {
  const { status, output, wallMs } = await runNode(args, ROOT, {}, /^$/);
  if (status !== 0) throw new Error(`${args.join(' ')} ended with ${status}:\n${output}`);
  return { output, wallMs };
}

async function timesOf(directory: string): Promise<Times> {
  const times: Time[] = [];
  let files = 0;
  for (let i = 0; i <= AGAIN; i++) {
    const [started, used] = [performance.now(), process.cpuUsage()];
    const tree = await readTree(directory);
    detectIn(tree);
    const { user, system } = process.cpuUsage(used);
    times.push({ wall: performance.now() - started, processor: (user + system) / 1000 });
    files = [...tree.folders.values()].reduce((sum, folder) => sum + folder.files.size, 0);
  }
  const [first, ...again] = times as [Time, ...Time[]];
  return { files, first, again };
}
