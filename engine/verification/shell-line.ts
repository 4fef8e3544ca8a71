import path from 'node:path';
import type { ProjectCommand } from '../detection/index.ts';

/** How the shell of a system wants words, variables and folders. */
interface Shell {
  word(word: string): string;
  /** A command line from its quoted words. */
  call(words: readonly string[]): string;
  variable(name: string, value: string): string;
  /** Between a variable and the command. */
  after: string;
  /** Between two commands. */
  next: string;
}

/** What stands in a shell without quotes. */
const PLAIN = /^[A-Za-z0-9_@%+=:,./-]+$/;
/** PowerShell takes an option with a dot in it (`-run=./x`) for two words, `@` for a variable and commas for a list. */
const PLAIN_IN_POWERSHELL = /^(?!-[^-]*[.:])[A-Za-z0-9_+=:./\\-]+$/;

const POSIX: Shell = {
  word: (word) => (PLAIN.test(word) ? word : `'${word.replaceAll("'", "'\\''")}'`),
  call: (words) => words.join(' '),
  variable: (name, value) => `${name}=${POSIX.word(value)}`,
  after: ' ',
  next: ' && ',
};
const POWERSHELL: Shell = {
  word: (word) => (PLAIN_IN_POWERSHELL.test(word) ? word : `'${word.replaceAll("'", "''")}'`),
  // A program in quotes would be a text and no command.
  call: (words) => (words[0]?.startsWith("'") ? `& ${words.join(' ')}` : words.join(' ')),
  variable: (name, value) => `$env:${name}='${value.replaceAll("'", "''")}'`,
  after: '; ',
  next: '; ',
};

/**
 * A command as a person would type it into a POSIX shell (on Windows into PowerShell), variables in front but for ours, which say nothing to anybody; where it runs
 * elsewhere than in `from`, with the way there.
 */
export function shellLine({ argv, env, cwd }: ProjectCommand, from?: string, platform: NodeJS.Platform = process.platform): string {
  const shell = shellOf(platform);
  const variables = Object.entries(env).flatMap(([name, value]) => (isOurs(name) ? [] : [shell.variable(name, value) + shell.after]));
  const line = variables.join('') + shell.call(argv.map(shell.word));
  const way = from === undefined ? '' : (platform === 'win32' ? path.win32 : path.posix).relative(from, cwd);
  return way === '' ? line : `cd ${shell.word(way.replaceAll('\\', '/'))}${shell.next}${line}`;
}

/** Commands in one line, one after the other. */
export function shellLines(commands: readonly ProjectCommand[], platform: NodeJS.Platform = process.platform): string {
  return commands.map((command) => shellLine(command, undefined, platform)).join(shellOf(platform).next);
}

/** Whether a command runs just some of the tests of the project's own one: then a variable of ours says which. */
export function isNarrowed({ env }: ProjectCommand): boolean {
  return Object.keys(env).some(isOurs);
}

function isOurs(name: string): boolean {
  return name.startsWith('ASSAY_');
}

function shellOf(platform: NodeJS.Platform): Shell {
  return platform === 'win32' ? POWERSHELL : POSIX;
}
