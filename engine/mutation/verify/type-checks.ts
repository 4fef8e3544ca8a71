import { readdir, readFile, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { kindOf, type TestPackage, upwards } from '../../workspace/index.ts';

/** Compilers of tests that refuse to run what does not type-check. */
const CHECKERS = ['ts-jest', 'ts-node'];

/** Whether a package may have its tests fail because of types. A mutant that is wrong in its type only still runs: StrykerJS runs it too. */
export async function checksTypes({ directory, root, framework }: TestPackage): Promise<boolean> {
  if (framework.name === 'vitest') return false;
  const folders = upwards(directory, root).flatMap((folder) => CHECKERS.map((name) => path.join(folder, 'node_modules', name)));
  return (await Promise.all(folders.map(kindOf))).includes('directory');
}

/** The text of a TypeScript file with type checks off. Comments at the top that name an environment or a compiler's options stay at the top. */
export function withoutTypeChecks(text: string): string {
  const top = /^(?:#!.*(?:\r\n|\n))?(?:\s*\/\*[\s\S]*?\*\/)?/.exec(text)?.[0] ?? '';
  return `${top}${top && !top.endsWith('\n') ? '\n' : ''}// @ts-nocheck\n${text.slice(top.length)}`;
}

/** Whether a file is one that {@link withoutTypeChecks} is for. */
export function isTypeScript(file: string): boolean {
  return /\.[cm]?tsx?$/.test(file) && !/\.d\.[cm]?ts$/.test(file);
}

/** Turns type checks off in all TypeScript files of a stage: a mutant may change the types of what other files import. */
export async function turnOffTypeChecks(directory: string): Promise<void> {
  const entries = await readdir(directory, { withFileTypes: true, recursive: true });
  for (const entry of entries) {
    if (!entry.isFile() || !isTypeScript(entry.name)) continue;
    const file = path.join(entry.parentPath, entry.name);
    await writeFile(file, withoutTypeChecks(await readFile(file, 'utf8')));
  }
}
