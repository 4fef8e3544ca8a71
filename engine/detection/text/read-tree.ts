import { closeSync, openSync, readFileSync, readSync, statSync } from 'node:fs';
import { readdir } from 'node:fs/promises';
import path from 'node:path';
import type { Evidence } from '../../model/index.ts';
import { type Folder, parentOf, Tree } from './tree.ts';
import { isSkipped, isWanted, ONLY_HEAD, TESTS_OF_CARGO } from './wanted.ts';

/** More bytes than a manifest, a workflow or a Makefile has; what is larger is not read. */
const LARGEST = 2 * 1024 * 1024;
/** So many bytes are read of a file whose first lines alone tell something. */
const HEAD = 1024;
/** So many folders are looked at; what lies deeper than all of these is not found. */
const MOST_FOLDERS = 20_000;
/** So many tests of a package of Cargo are looked at: whether they need features shows in these. */
const MOST_TESTS = 40;

/** Reads a workspace from the disk. Symbolic links to folders are not followed; what cannot be read is left out and named in `unread`. */
export async function readTree(root: string, signal?: AbortSignal): Promise<Tree> {
  const folders = new Map<string, Folder>();
  const texts = new Map<string, string>();
  const unread: Evidence[] = [];
  const visit = async (directory: string): Promise<void> => {
    if (signal?.aborted || folders.size >= MOST_FOLDERS) return;
    const entries = await readdir(`${root}/${directory}`, { withFileTypes: true }).catch(() => []);
    const files = new Set<string>();
    const inner = new Set<string>();
    const work: Promise<void>[] = [];
    const ofCargo = folders.get(parentOf(directory))?.files.has('Cargo.toml');
    let tests = 0;
    for (const entry of entries) {
      const relative = directory === '' ? entry.name : `${directory}/${entry.name}`;
      if (entry.isDirectory()) {
        if (isSkipped(relative, entry.name)) continue;
        inner.add(entry.name);
        work.push(visit(relative));
      } else if (entry.isFile() || entry.isSymbolicLink()) {
        files.add(entry.name);
        if (isWanted(relative, entry.name) || (ofCargo && TESTS_OF_CARGO.test(relative) && tests++ < MOST_TESTS)) read(relative);
      }
    }
    folders.set(directory, { files, folders: inner });
    await Promise.all(work);
  };
  // Folders are listed side by side. The few files that are read are small: to wait for each would take longer than to read it.
  const read = (file: string): void => {
    const absolute = `${root}/${file}`;
    try {
      const found = statSync(absolute);
      if (!found.isFile()) return;
      if (ONLY_HEAD.test(file)) return void texts.set(file, headOf(absolute));
      if (found.size > LARGEST) return void unread.push({ file: absolute, line: 1, says: `${path.posix.basename(file)} is too large to be read` });
      const text = readFileSync(absolute, 'utf8');
      if (text.includes('\0')) return void unread.push({ file: absolute, line: 1, says: `${path.posix.basename(file)} is not a text` });
      texts.set(file, text.replace(/^\uFEFF/, ''));
    } catch (error) {
      unread.push({ file: absolute, line: 1, says: `${path.posix.basename(file)} cannot be read (${(error as NodeJS.ErrnoException).code})` });
    }
  };
  await visit('');
  return new Tree(root, folders, texts, unread);
}

function headOf(file: string): string {
  const handle = openSync(file, 'r');
  try {
    const buffer = Buffer.alloc(HEAD);
    return buffer.toString('utf8', 0, readSync(handle, buffer, 0, HEAD, 0));
  } finally {
    closeSync(handle);
  }
}
