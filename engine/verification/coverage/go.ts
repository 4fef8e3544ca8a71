import { readdir, readFile } from 'node:fs/promises';
import path from 'node:path';
import type { ProjectCommand } from '../../detection/index.ts';
import { folderOfPackage, goModulesAround } from '../go-modules.ts';
import { declaredFunctions } from './functions.ts';
import type { CoveredFile } from './model.ts';
import { type GoBlock, goFile, mergeBlocks, readGoProfile } from './readers/go-profile.ts';

/**
 * `go test` with a profile in a folder; another command as it is, since our stand-in for go does the same where make and the like start it. A command that has a
 * profile already keeps it, and that is read.
 */
export function measuredByGo(command: ProjectCommand, folder: string): { command: ProjectCommand; profile: string } {
  const { argv, cwd } = command;
  const profile = path.join(folder, 'go-0.out');
  const given = /^--?coverprofile=(.+)$/.exec(argv.find((one) => /^--?coverprofile=/.test(one)) ?? '')?.[1];
  if (given !== undefined) return { command, profile: path.resolve(cwd, given) };
  if (path.basename(argv[0] ?? '') !== 'go' || argv[1] !== 'test' || argv.some((one) => /^--?(coverprofile|C|c|list|n)(=|$)/.test(one)))
    return { command, profile };
  return { command: { ...command, argv: ['go', 'test', `-coverprofile=${profile}`, ...argv.slice(2)] }, profile };
}

/** What go's profiles tell: that of the command, which runs in a folder, and those that our stand-in for go had written, each with the folder it ran in beside it. */
export async function readGo(profile: string, cwd: string, folder: string): Promise<CoveredFile[]> {
  const profiles = [{ file: profile, cwd }];
  for (const name of await readdir(folder).catch(() => [])) {
    const id = /^go-(\d+)\.folder$/.exec(name)?.[1];
    const ran = id && (await textOf(path.join(folder, name)));
    if (ran) profiles.push({ file: path.join(folder, `go-${id}.out`), cwd: ran });
  }
  const blocks = await Promise.all(profiles.map(async ({ file, cwd: ran }) => blocksOf((await textOf(file)) ?? '', ran)));
  const files = [...Map.groupBy(blocks.flat(), ([file]) => file)].map(async ([file, told]) => {
    const text = await textOf(file);
    return text === undefined ? [] : [goFile(file, mergeBlocks(told.flatMap(([, some]) => some)), text, await declaredFunctions('go', text))];
  });
  return (await Promise.all(files)).flat();
}

/** By absolute paths. */
function blocksOf(profile: string, cwd: string): [string, GoBlock[]][] {
  const modules = goModulesAround(cwd);
  return [...readGoProfile(profile)].flatMap(([name, blocks]): [string, GoBlock[]][] => {
    const file = path.isAbsolute(name) ? name : folderOfPackage(name, modules);
    return file === undefined ? [] : [[file, blocks]];
  });
}

function textOf(file: string): Promise<string | undefined> {
  return readFile(file, 'utf8').catch(() => undefined);
}
