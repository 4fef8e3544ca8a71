import type { Tasks } from './task.ts';

/** What such programs call the command that runs tests. */
const TESTS = /^(run[-_])?tests?$/;

/** Whether a command starts, by an alias of Cargo, a program of the workspace and has it run the tests: https://github.com/matklad/cargo-xtask. */
export function startsOwnTests([program, name = '', verb = '']: readonly string[], tasks: Tasks): boolean {
  if (program !== 'cargo' || !TESTS.test(verb)) return false;
  const script = tasks.find('cargo', name)?.script.trim() ?? '';
  return /^cargo r(un)?\s/.test(script) && script.endsWith(' --');
}
