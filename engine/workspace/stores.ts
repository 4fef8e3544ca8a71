import { readdir } from 'node:fs/promises';
import path from 'node:path';
import { kindOf } from './files.ts';

/** How deep below a folder packages are looked for. */
const DEEPEST = 6;

/** The directories below `folder` (absolute) that hold results of Assay's: those with a `.assay` folder. */
export async function findResultFolders(folder: string): Promise<string[]> {
  const found: string[] = [];
  const visit = async (directory: string, depth: number): Promise<void> => {
    const entries = await readdir(directory, { withFileTypes: true }).catch(() => []);
    if (entries.some((entry) => entry.name === '.assay') && (await kindOf(path.join(directory, '.assay', 'assay.db')))) found.push(directory);
    if (depth === DEEPEST) return;
    for (const entry of entries) {
      if (entry.isDirectory() && !entry.name.startsWith('.') && entry.name !== 'node_modules')
        await visit(path.join(directory, entry.name), depth + 1);
    }
  };
  await visit(folder, 0);
  return found.sort();
}
