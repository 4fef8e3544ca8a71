import { closeSync, type Dirent, openSync, readdirSync, readFileSync, readSync, statSync } from 'node:fs';
import path from 'node:path';
import { setImmediate as nextTurn } from 'node:timers/promises';
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

/** So long folders are listed and files read at a stretch, in milliseconds; then whatever else waits gets its turn. */
const STRETCH_MS = 20;

/**
 * Reads a workspace from the disk, the nearest folders first. Symbolic links to folders are not followed; what cannot be read is left out and named in
 * `unread`.
 */
export async function readTree(root: string, signal?: AbortSignal): Promise<Tree> {
  const folders = new Map<string, Folder>();
  const texts = new Map<string, string>();
  const unread: Evidence[] = [];
  const found = [''];
  let since = performance.now();
  for (const directory of found) {
    if (performance.now() - since > STRETCH_MS) {
      await nextTurn();
      since = performance.now();
    }
    if (signal?.aborted || folders.size >= MOST_FOLDERS) break;
    const files = new Set<string>();
    const inner = new Set<string>();
    const ofCargo = folders.get(parentOf(directory))?.files.has('Cargo.toml');
    let tests = 0;
    for (const entry of entriesOf(`${root}/${directory}`)) {
      const relative = directory === '' ? entry.name : `${directory}/${entry.name}`;
      if (entry.isDirectory()) {
        if (isSkipped(relative, entry.name)) continue;
        inner.add(entry.name);
        found.push(relative);
      } else if (entry.isFile() || entry.isSymbolicLink()) {
        files.add(entry.name);
        if (!isWanted(relative, entry.name) && !(ofCargo && TESTS_OF_CARGO.test(relative) && tests++ < MOST_TESTS)) continue;
        const text = textOf(root, relative);
        if (typeof text === 'string') texts.set(relative, text);
        else if (text) unread.push(text);
      }
    }
    folders.set(directory, { files, folders: inner });
  }
  return new Tree(root, folders, texts, unread);
}

/** To wait for each folder would take several times as long as to list it. */
function entriesOf(directory: string): Dirent[] {
  try {
    return readdirSync(directory, { withFileTypes: true });
  } catch {
    return [];
  }
}

/** The text of a file, or why there is none; undefined where it is no file. */
function textOf(root: string, file: string): string | Evidence | undefined {
  const absolute = `${root}/${file}`;
  const unread = (why: string) => ({ file: absolute, line: 1, says: `${path.posix.basename(file)} ${why}` });
  try {
    const found = statSync(absolute);
    if (!found.isFile()) return undefined;
    if (ONLY_HEAD.test(file)) return headOf(absolute);
    if (found.size > LARGEST) return unread('is too large to be read');
    const text = readFileSync(absolute, 'utf8');
    return text.includes('\0') ? unread('is not a text') : text.replace(/^\uFEFF/, '');
  } catch (error) {
    return unread(`cannot be read (${(error as NodeJS.ErrnoException).code})`);
  }
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
