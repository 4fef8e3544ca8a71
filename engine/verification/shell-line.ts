import path from 'node:path';
import type { ProjectCommand } from '../detection/index.ts';

/** What stands in a shell without quotes. */
const PLAIN = /^[A-Za-z0-9_@%+=:,./-]+$/;

/** A command as a person would type it into a POSIX shell, variables in front but for ours, which say nothing to anybody; where it runs elsewhere than in `from`, with the way there. */
export function shellLine({ argv, env, cwd }: ProjectCommand, from?: string): string {
  const words = [
    ...Object.entries(env)
      .filter(([name]) => !isOurs(name))
      .map(([name, value]) => `${name}=${quoted(value)}`),
    ...argv.map(quoted),
  ];
  const line = words.join(' ');
  if (from === undefined || path.relative(from, cwd) === '') return line;
  return `cd ${quoted(path.relative(from, cwd).replaceAll('\\', '/'))} && ${line}`;
}

/** Whether a command runs just some of the tests of the project's own one: then a variable of ours says which. */
export function isNarrowed({ env }: ProjectCommand): boolean {
  return Object.keys(env).some(isOurs);
}

function isOurs(name: string): boolean {
  return name.startsWith('ASSAY_');
}

function quoted(word: string): string {
  return PLAIN.test(word) ? word : `'${word.replaceAll("'", "'\\''")}'`;
}
