import type { ProjectCommand } from '../detection/index.ts';

/** A command in the place of one whose program is missing, with a sentence that says so. */
export interface StandIn {
  command: ProjectCommand;
  note: string;
}

/** Subcommands of pnpm, Yarn and Bun that npm has not, or that mean something else there. */
const OWN = new Set(['install', 'add', 'workspaces', 'workspace', 'recursive', 'dlx', 'test:watch', 'x', 'create', 'node']);

/**
 * What does the same as a command whose program is not there: npm runs the scripts of any Node project, and what `uv run` or `poetry run` starts is there
 * without them once the project's own environment is first on the path. Undefined where nothing does.
 */
export function standIn(command: ProjectCommand, isThere: (program: string) => boolean): StandIn | undefined {
  const [program = '', ...args] = command.argv;
  if (isThere(program)) return undefined;
  const argv = forNode(program, args) ?? forPython(program, args);
  if (!argv || !isThere(argv[0] as string)) return undefined;
  return { command: { ...command, argv }, note: `${program} is not installed: \`${argv.join(' ')}\` was run in its place.` };
}

function forNode(program: string, args: readonly string[]): string[] | undefined {
  if (program !== 'pnpm' && program !== 'yarn' && program !== 'bun') return undefined;
  const [first = '', ...rest] = args;
  if (first === '' || first.startsWith('-')) return undefined;
  // Bun's own test runner is started by `bun test`, and no script.
  if (program === 'bun' && first !== 'run') return undefined;
  if (first === 'exec') return ['npx', '--no-install', ...rest];
  if (first === 'test' || first === 't') return ['npm', 'test', ...separated(rest)];
  if (first === 'run') return rest[0] === undefined || rest[0].startsWith('-') ? undefined : ['npm', 'run', rest[0], ...separated(rest.slice(1))];
  return OWN.has(first) ? undefined : ['npm', 'run', first, ...separated(rest)];
}

/** npm takes what stands behind a script's name for itself, unless `--` is between them. */
function separated(args: readonly string[]): string[] {
  return args.length === 0 || args[0] === '--' ? [...args] : ['--', ...args];
}

function forPython(program: string, args: readonly string[]): string[] | undefined {
  if ((program !== 'uv' && program !== 'poetry' && program !== 'pdm' && program !== 'hatch' && program !== 'pipenv') || args[0] !== 'run')
    return undefined;
  const rest = args.slice(1);
  return rest.length === 0 || rest[0]?.startsWith('-') ? undefined : rest;
}
