import { accessSync, constants } from 'node:fs';
import path from 'node:path';

/** The absolute path of a program, as a shell would find it with these variables; undefined where it would not. */
export function findProgram(program: string, env: NodeJS.ProcessEnv): string | undefined {
  return placesOf(program, env, process.platform).find((file) => {
    try {
      accessSync(file, constants.X_OK);
      return true;
    } catch {
      return false;
    }
  });
}

/** Where a program may lie, the first place first: on Windows under a name with each ending that PATHEXT has (`npm.cmd`), and variables by names in any case. Pure. */
export function placesOf(program: string, env: NodeJS.ProcessEnv, platform: NodeJS.Platform): string[] {
  const isWindows = platform === 'win32';
  const { join, delimiter, isAbsolute } = isWindows ? path.win32 : path.posix;
  const value = (wanted: string) => Object.entries(env).find(([name]) => (isWindows ? name.toUpperCase() : name) === wanted)?.[1];
  const folders = isAbsolute(program) ? [''] : (value('PATH') ?? '').split(delimiter).filter(Boolean);
  const endings = isWindows ? (value('PATHEXT') ?? '.COM;.EXE;.BAT;.CMD').split(';').filter(Boolean) : [];
  const isWhole = !isWindows || endings.some((ending) => program.toUpperCase().endsWith(ending.toUpperCase()));
  const names = isWhole ? [program] : endings.map((ending) => program + ending.toLowerCase());
  return folders.flatMap((folder) => names.map((name) => (folder === '' ? name : join(folder.replace(/^"(.*)"$/, '$1'), name))));
}
