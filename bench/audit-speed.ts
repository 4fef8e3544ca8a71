import { spawnSync } from 'node:child_process';
import { createRequire } from 'node:module';
import path from 'node:path';
import { testLanguageOf } from '../engine/syntax/index.ts';
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

/** Parses the files that it is given in threads, and nothing else. JavaScript as it stands: taking types away would take longer than to parse a few files. */
const ONLY_PARSES = `
  const { isMainThread, parentPort, Worker } = require('node:worker_threads');
  const { readFileSync } = require('node:fs');
  if (isMainThread) {
    const files = process.argv.slice(1);
    let open = ${THREADS};
    for (let i = 0; i < ${THREADS}; i++) {
      const worker = new Worker(process.execArgv[1] ?? '', { eval: true });
      const give = () => {
        const share = files.splice(0, ${SHARE});
        if (share.length > 0) worker.postMessage(share);
        else if (--open === 0) process.exit();
      };
      worker.on('message', give);
      give();
    }
  } else {
    const { Parser, Language } = require(${JSON.stringify(createRequire(import.meta.url).resolve('web-tree-sitter'))});
    const grammar = (name) => ${JSON.stringify(path.join(ROOT, 'dist', 'grammars'))} + '/' + name + '.wasm';
    const runtime = Parser.init({ locateFile: () => grammar('web-tree-sitter') });
    const parsers = new Map();
    const parserOf = async (name) => {
      await runtime;
      const parser = new Parser();
      parser.setLanguage(await Language.load(grammar(name)));
      return parser;
    };
    parentPort.on('message', async (files) => {
      for (const one of files) {
        const [language, file] = one.split(/:(.*)/s);
        if (!parsers.has(language)) parsers.set(language, await parserOf(language));
        parsers.get(language).parse(readFileSync(file, 'utf8')).delete();
      }
      parentPort.postMessage('done');
    });
  }`;

await compare(process.argv.slice(2));

async function compare(directories: string[]): Promise<void> {
  const files = (await Promise.all(directories.map((directory) => findTestFiles(path.resolve(directory))))).flat();
  const count = files.length;
  const ways = [
    { name: '`assay audit`', args: [path.join(ROOT, 'dist', 'cli.js'), 'audit', ...directories], runs: [] as Times[] },
    { name: `nothing but parsing, in ${THREADS} threads`, args: ['-e', ONLY_PARSES, ...files.flatMap(withLanguage)], runs: [] as Times[] },
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

function withLanguage(file: string): string[] {
  const language = testLanguageOf(file);
  return language ? [`${language}:${file}`] : [];
}
