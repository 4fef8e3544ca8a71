import { readCommand, readScript } from '../text/script.ts';
import { type Deed, knownTool, programName } from '../tools.ts';
import { startsOwnTests } from './aliases.ts';
import { called } from './calls.ts';
import type { Task, Tasks } from './task.ts';

/** Something that a command does in the end: which tool it starts, and what for. */
export interface Doing {
  deed: Deed;
  /** The tool as people call it: `vitest`, `go test`. */
  tool: string;
  /** The tool's own command line. */
  argv: readonly string[];
  /** How many tasks lead to it: none where the command itself starts the tool. */
  depth: number;
}

/** So many tasks may call one another. */
const DEEPEST = 6;

/** So many characters of tasks are read to know what one command does, each task counting as some more. */
const MOST_READ = 64 * 1024;
const OF_A_TASK = 100;

/** Options with which a program only tells of itself, or what it would run. */
const TELLING = /^--(version|help|list|list-sessions|listenvs(-all)?|collect-only)$/;

/** How a command is followed: through which tasks, and how much may be read yet. Tasks that need one another lead to more ways than could ever be gone. */
interface Way {
  depth: number;
  seen: ReadonlySet<Task>;
  room: { left: number };
}

/** What a command does, followed through launchers (`npx`, `uv run`) and tasks (`npm run x`, `make x`, `tox -e x`) to the tools; empty where that is not known. */
export function doings(argv: readonly string[], tasks: Tasks): Doing[] {
  return tasks.remember(argv.join('\0'), () => doingsOf(argv, tasks, { depth: 0, seen: new Set(), room: { left: MOST_READ } }));
}

/** Whether a command runs nothing, and prints its version or what it would run. */
export function onlyTells(argv: readonly string[]): boolean {
  return argv.some((word) => TELLING.test(word));
}

function doingsOf(argv: readonly string[], tasks: Tasks, way: Way): Doing[] {
  if (way.depth > DEEPEST) return [];
  const bare = launched(argv);
  if (bare.length === 0 || onlyTells(bare)) return [];
  if (startsOwnTests(bare, tasks)) return [{ deed: 'test', tool: 'test program', argv: bare, depth: way.depth }];
  const call = called(bare, tasks);
  if (call) return call.flatMap((task) => within(task, tasks, way));
  const inner = several(bare);
  if (inner) return inner.flatMap((line) => doingsOfScript(line, tasks, way));
  const words = program(bare);
  const tool = knownTool(words);
  return tool ? [{ deed: tool.deed, tool: tool.name, argv: words, depth: way.depth }] : [];
}

/** A program of an installed package by its name: `node node_modules/jest/bin/jest.js`, and, with pnpm and Yarn, `pnpm jest` where no script is called so. */
function program(words: readonly string[]): readonly string[] {
  const [first = '', ...rest] = words;
  if (/^(pnpm|yarn)$/.test(first) && knownTool(rest)) return rest;
  if (programName(first) !== 'node') return words;
  const at = rest.findIndex((word) => !word.startsWith('-'));
  // A pattern for all of it takes minutes where a word is long.
  const [, inside] = /(?:^|\/)node_modules\/(?:\.bin\/)?(.+)/s.exec(rest[at] ?? '') ?? [];
  if (inside === undefined || inside.endsWith('/')) return words;
  const [name = ''] = /^(?:@[^/]+\/)?[^/]+/.exec(inside) ?? [];
  const file = inside === name ? '' : inside.slice(inside.lastIndexOf('/') + 1);
  return [file === '' || /^(bin|cli|index|main|run)$/.test(programName(file)) ? name : file, ...rest.slice(at + 1)];
}

/** Whether it is known of all that a task starts what it does, or that it does nothing of note; `seen` are those that were looked at. */
export function isUnderstood(task: Task, tasks: Tasks, seen = new Set<Task>()): boolean {
  seen.add(task);
  return readScript(task.script).every(({ argv }) => {
    const inner = called(launched(argv), tasks);
    if (inner) return inner.every((one) => seen.has(one) || isUnderstood(one, tasks, seen));
    return doings(argv, tasks).length > 0 || IDLE.test(programName(argv[0] ?? ''));
  });
}

/** Programs that move files or print: no tests. */
const IDLE = /^(echo|rm|rimraf|del|del-cli|cp|mv|mkdir|mkdirp|shx|cat|ls|true|sleep|touch|git|husky|is-ci|cd)$/;

/** What a task does, with those that it needs. */
export function doingsOfTask(task: Task, tasks: Tasks): Doing[] {
  return tasks.remember(task, () => within(task, tasks, { depth: -1, seen: new Set(), room: { left: MOST_READ } }));
}

/** What a task does that the way leads to now. */
function within(task: Task, tasks: Tasks, { depth, seen, room }: Way): Doing[] {
  if (seen.has(task) || room.left <= 0) return [];
  room.left -= OF_A_TASK * (1 + task.needs.length) + task.script.length;
  const way = { depth: depth + 1, seen: new Set([...seen, task]), room };
  const needed = way.depth < DEEPEST ? task.needs.map((name) => tasks.find(task.runner, name)).filter((one) => one !== undefined) : [];
  return [...needed.flatMap((one) => within(one, tasks, way)), ...doingsOfScript(task.script, tasks, way)];
}

function doingsOfScript(script: string, tasks: Tasks, way: Way): Doing[] {
  return readScript(script).flatMap(({ argv }) => doingsOf(argv, tasks, way));
}

/** Programs that only start what stands behind them and their options. */
const LAUNCHERS = new Set([
  'npx',
  'bunx',
  'cross-env',
  'cross-env-shell',
  'env',
  'dotenv',
  'dotenvx',
  'c8',
  'nyc',
  'xvfb-run',
  'xvfb-maybe',
  'pipenv',
  'rye',
  'uv',
  'poetry',
  'pdm',
  'hatch',
  'uvx',
  'pipx',
  'time',
  'timeout',
  'nice',
  'stdbuf',
  'winpty',
  'doppler',
  'op',
  'istanbul',
  'opam',
  'mise',
  'arch',
  'wsl-run',
  'run-if-changed',
  'cover',
  'retry',
]);
/** The words with which some of them are told to start something. */
const STARTING = new Set(['run', 'exec', 'x', 'dlx', 'tool', 'cover', '--']);
/** Options of launchers that have a value as a word of its own. */
const VALUED =
  /^(-p|--package|-c|--config|--reporter|-r|--require|-e|--env-file|--group|--extra|--with|--python|--only-group|-s|--server-args|-n|--signal|--isolated-env|--no-group|-E|--project|--directory|--include|--exclude|--temp-dir|--report-dir|-a)$/;

/** A command without the launchers in front of it. */
export function launched(argv: readonly string[]): readonly string[] {
  let words = readCommand(argv)?.argv ?? [];
  for (let turn = 0; turn < 8; turn++) {
    const program = programName(words[0] ?? '');
    if (program === 'python' && words[1] === '-m' && /^(tox|nox|coverage|pip|build|poetry|pdm|hatch|uv)$/.test(words[2] ?? '')) {
      if (/^(build|pip)$/.test(words[2] as string)) return words;
      words = words.slice(2);
    } else if (program === 'coverage' && words[1] === 'run') {
      const module = words.indexOf('-m');
      words = module > 0 ? ['python', ...words.slice(module)] : ['python', ...words.slice(2).filter((word) => !word.startsWith('-'))];
    } else if ((/^(npm|pnpm|yarn|bun)$/.test(program) && /^(exec|x|dlx)$/.test(words[1] ?? '')) || LAUNCHERS.has(program)) {
      const rest = behindLauncher(program, words);
      if (!rest) return words;
      words = readCommand(rest)?.argv ?? [];
    } else return words;
  }
  return words;
}

/** What a launcher starts; undefined where it does something of its own (`uv sync`, `poetry install`). */
function behindLauncher(program: string, words: readonly string[]): readonly string[] | undefined {
  let i = 1;
  if (/^(uv|poetry|pdm|hatch|pipenv|rye|npm|pnpm|yarn|bun|mise)$/.test(program)) {
    while (i < words.length && (words[i] as string).startsWith('-')) i += VALUED.test(words[i] as string) ? 2 : 1;
    const verb = words[i];
    if (program === 'uv' && verb === 'tool' && words[i + 1] === 'run') i++;
    else if (!STARTING.has(verb ?? '')) return undefined;
    // Tasks of their own are found by `called`.
    if (program === 'hatch') return words.length > i + 1 && !words[i + 1]?.includes(':') ? words.slice(i + 1) : undefined;
    i++;
  }
  for (; i < words.length; i++) {
    const word = words[i] as string;
    if (word.startsWith('-') && word !== '--') i += VALUED.test(word) ? 1 : 0;
    else if (!/^\d+[smh]?$/.test(word) && !STARTING.has(word) && !/^[A-Za-z_]\w*=/.test(word)) break;
  }
  return i < words.length ? words.slice(i) : undefined;
}

/** The lines that a program is given to run side by side or one after the other. */
function several(words: readonly string[]): string[] | undefined {
  const program = programName(words[0] ?? '');
  if (program === 'concurrently' || program === 'conc') {
    return words
      .slice(1)
      .filter((word) => !word.startsWith('-') && /\s|:/.test(word))
      .map((word) => word.replace(/^(npm|pnpm|yarn|bun):/, '$1 run '));
  }
  if (/^(bash|sh|zsh)$/.test(program) && /^-\w*c$/.test(words[1] ?? '') && words[2]) return [words[2]];
  if (program === 'start-server-and-test' && words.length > 1)
    return [words.at(-1) as string].map((word) => (/\s/.test(word) ? word : `npm run ${word}`));
  return undefined;
}
