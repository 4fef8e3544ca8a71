import path from 'node:path';
import type { ProjectCommand } from '../../detection/index.ts';

/** Programs that run the one that follows them, with the words that may stand between. */
const RUNNERS: Readonly<Record<string, readonly string[]>> = {
  uv: ['run'],
  poetry: ['run'],
  pdm: ['run'],
  pipenv: ['run'],
  hatch: ['run'],
  rye: ['run'],
};
const CARGO_BUILDS = new Set(['build', 'b', 'check', 'c', 'clippy']);

/**
 * Asks the tool that a command calls directly for what it does not tell by itself, where nothing is lost for people and the exit status stays: of Cargo its JSON, whose messages
 * {@link CompileOutput.push} shows as they would have been; of mypy the columns. Whatever else, scripts and tasks among them, is left as it is: TypeScript, bundlers, pyright and
 * `go build` say all of it for people, `go vet -json` ends with 0 whatever it finds, and options that only new versions know would break the build of an old one.
 */
export function instrumentCompile(command: ProjectCommand): ProjectCommand {
  const at = programAt(command.argv);
  const words = command.argv.slice(at);
  const program = path.basename(words[0] ?? '').replace(/\.exe$/i, '');
  if (program === 'cargo') return cargo(command, at);
  const asModule = /^python[\d.]*$/.test(program) && words[1] === '-m' && words[2] === 'mypy';
  if ((program === 'mypy' || asModule) && !tells(words, /^--(no-)?show-column-numbers$|^--output$|^--output=|^-O/)) {
    const first = at + (asModule ? 3 : 1);
    return { ...command, argv: command.argv.toSpliced(first, 0, '--show-column-numbers') };
  }
  return command;
}

function programAt(argv: readonly string[]): number {
  const [runner = '', word = ''] = argv;
  return RUNNERS[path.basename(runner)]?.includes(word) && !argv[2]?.startsWith('-') ? 2 : 0;
}

function cargo(command: ProjectCommand, at: number): ProjectCommand {
  const subcommand = command.argv.findIndex((word, index) => index > at && !word.startsWith('+') && !word.startsWith('-'));
  const end = command.argv.indexOf('--');
  const own = end < 0 ? command.argv : command.argv.slice(0, end);
  if (!CARGO_BUILDS.has(command.argv[subcommand] ?? '') || tells(own, /^--message-format(=|$)/)) return command;
  return { ...command, argv: command.argv.toSpliced(subcommand + 1, 0, '--message-format=json-diagnostic-rendered-ansi') };
}

function tells(words: readonly string[], option: RegExp): boolean {
  return words.some((word) => option.test(word));
}
