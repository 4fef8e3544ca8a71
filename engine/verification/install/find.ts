import { findProgram } from '../../process/index.ts';

/** The absolute path of a program that is looked for in some folders alone; undefined where it is in none. @param folders value of PATH */
export function findIn(folders: string, program: string): string | undefined {
  return findProgram(program, { PATH: folders, PATHEXT: process.env['PATHEXT'] });
}
