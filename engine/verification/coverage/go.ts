import { readdir, readFile } from 'node:fs/promises';
import path from 'node:path';
import type { ProjectCommand } from '../../detection/index.ts';
import { folderOfPackage, goModulesAround, goTestFolder } from '../go-modules.ts';
import { declaredFunctions } from './functions.ts';
import type { CoveredFile } from './model.ts';
import { type GoBlock, goFile, mergeBlocks, readGoProfile } from './readers/go-profile.ts';

/**
 * `go test` with a profile in a folder; another command as it is, since our stand-in for go does the same where make and the like start it. A command that has a
 * profile already keeps it, and that is read.
 */
export function measuredByGo(command: ProjectCommand, inside: string): { command: ProjectCommand; profile: string; ran: string } {
  const { argv } = command;
  const { folder: ran, at } = goTestFolder(command);
  const profile = path.join(inside, 'go-0.out');
  const given = argv.findIndex((one) => /^--?coverprofile(=|$)/.test(one));
  const own = given < 0 ? undefined : (/=(.+)$/.exec(argv[given] ?? '')?.[1] ?? argv[given + 1]);
  if (own !== undefined) return { command, profile: path.resolve(ran, own), ran };
  if (path.basename(argv[0] ?? '') !== 'go' || argv[1] !== 'test' || argv.some((one) => /^--?(c|list|n)(=|$)/.test(one)))
    return { command, profile, ran };
  return { command: { ...command, argv: [...argv.slice(0, at), `-coverprofile=${profile}`, ...argv.slice(at)] }, profile, ran };
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
