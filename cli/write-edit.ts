import { mkdir, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { changed, type TestEdit } from '../engine/strengthen/index.ts';
import { readText } from '../engine/workspace/index.ts';

/** Writes an edit, unless its file is another one by now. Answers whether it was done, and what is to be said of it. */
export async function writeEdit({ testFile, isNew, before, changes }: TestEdit, name: string): Promise<{ done: boolean; said: string }> {
  if ((await readText(testFile)) !== (isNew ? undefined : before)) {
    return { done: false, said: `${name} was changed meanwhile: nothing was written there. Run again.` };
  }
  try {
    await mkdir(path.dirname(testFile), { recursive: true });
    await writeFile(testFile, changed(before, changes));
    const said = isNew ? `Made ${name}` : `Wrote ${changes.length} ${changes.length === 1 ? 'change' : 'changes'} into ${name}`;
    return { done: true, said };
  } catch (error) {
    return { done: false, said: `${name} could not be written: ${(error as Error).message}` };
  }
}
