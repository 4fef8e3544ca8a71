import { spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { isMainThread, parentPort, Worker } from 'node:worker_threads';
import { type LanguageName, SyntaxTree, testLanguageOf } from '../engine/syntax/index.ts';
import { findTestFiles } from '../engine/workspace/index.ts';
import { machine } from './support/machine.ts';
import { spread, table } from './support/numbers.ts';
import { ROOT } from './support/temporary.ts';

/**
 * How many test files a second `assay audit` looks at as a whole process, beside a process that does nothing but parse them, in turn:
 *
 *     node bench/audit-speed.ts DIRECTORY…
 *
 * Needs a build, and `bash` for the processor time of a process.
 */
const RUNS = 5;
const THREADS = 2;
const SHARE = 16;
const HERE = fileURLToPath(import.meta.url);

if (!isMainThread) parse();
else if (process.argv[2] === '--parse') await parseAll(process.argv.slice(3));
else await compare(process.argv.slice(2));

async function compare(directories: string[]): Promise<void> {
  const count = (await filesOf(directories)).length;
  const ways = [
    { name: '`assay audit`', args: [path.join(ROOT, 'dist', 'cli.js'), 'audit', ...directories], runs: [] as Times[] },
    { name: `nothing but parsing, in ${THREADS} threads`, args: [HERE, '--parse', ...directories], runs: [] as Times[] },
  ];
  for (let run = 0; run < RUNS; run++) for (const { args, runs } of ways) runs.push(timed(args));
  const rows = ways.map(({ name, runs }) => [
    name,
    spread(
      runs.map(({ wall }) => wall),
      2,
    ),
    spread(
      runs.map(({ user }) => user),
      2,
    ),
    spread(
      runs.map(({ wall }) => count / wall),
      0,
    ),
  ]);
  process.stdout.write(
    `${machine()}; ${count} files, ${RUNS} runs each in turn\n\n${table(['', 's', 'user processor time, s', 'files a second'], rows)}`,
  );
}

interface Times {
  wall: number;
  user: number;
}

/** How many seconds a process of this Node took, from its start to its end. */
function timed(args: readonly string[]): Times {
  const { stderr, status } = spawnSync('bash', ['-c', 'TIMEFORMAT="%R %U"; time "$@" > /dev/null 2>&1', 'bash', process.execPath, ...args], {
    encoding: 'utf8',
  });
  if (status !== 0) throw new Error(`${args.slice(0, 2).join(' ')} ended with ${status}`);
  const [wall = Number.NaN, user = Number.NaN] = stderr.trim().split(' ').map(Number);
  return { wall, user };
}

async function parseAll(directories: readonly string[]): Promise<void> {
  const files = await filesOf(directories);
  let next = 0;
  const inThread = async () => {
    const worker = new Worker(HERE);
    await new Promise<void>((resolve, reject) => {
      const give = () => {
        next += SHARE;
        const share = files.slice(next - SHARE, next);
        if (share.length === 0) resolve();
        else worker.postMessage(share);
      };
      worker.on('message', give).on('error', reject);
      give();
    });
    await worker.terminate();
  };
  await Promise.all(Array.from({ length: THREADS }, inThread));
}

/** A thread that parses the files that it is sent. */
function parse(): void {
  const parsers = new Map<LanguageName, SyntaxTree>();
  const parseFile = async (file: string) => {
    const language = testLanguageOf(file);
    if (!language) return;
    const parser = parsers.get(language) ?? (await SyntaxTree.parse(language, ''));
    parsers.set(language, parser);
    parser.parseAnother(readFileSync(file, 'utf8')).dispose();
  };
  parentPort?.on('message', async (files: string[]) => {
    for (const file of files) await parseFile(file);
    parentPort?.postMessage('done');
  });
}

async function filesOf(directories: readonly string[]): Promise<string[]> {
  return (await Promise.all(directories.map((directory) => findTestFiles(path.resolve(directory))))).flat();
}
