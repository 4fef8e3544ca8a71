import { readFile, stat } from 'node:fs/promises';
import path from 'node:path';

/** The text of a file, or undefined where there is none that can be read. */
export async function readText(file: string): Promise<string | undefined> {
  return readFile(file, 'utf8').catch(() => undefined);
}

/** A JSON object from a file, or undefined where the file is missing or is not one. */
export async function readJson(file: string): Promise<Record<string, unknown> | undefined> {
  const text = await readText(file);
  if (text === undefined) return undefined;
  try {
    const value: unknown = JSON.parse(text);
    return typeof value === 'object' && value !== null && !Array.isArray(value) ? (value as Record<string, unknown>) : undefined;
  } catch {
    return undefined;
  }
}

/** What stands at a path: a file, a directory, or nothing. Symbolic links are followed. */
export async function kindOf(target: string): Promise<'file' | 'directory' | undefined> {
  const found = await stat(target).catch(() => undefined);
  if (found?.isFile()) return 'file';
  return found?.isDirectory() ? 'directory' : undefined;
}

/** The first of `names` that exists as a file in `directory`, as an absolute path. */
export async function firstFile(directory: string, names: readonly string[]): Promise<string | undefined> {
  for (const name of names) {
    const file = path.join(directory, name);
    if ((await kindOf(file)) === 'file') return file;
  }
  return undefined;
}

/** Whether `file` lies in `directory` or is it. Both absolute. */
export function isInside(directory: string, file: string): boolean {
  const relative = path.relative(directory, file);
  return relative === '' || (!relative.startsWith('..') && !path.isAbsolute(relative));
}

/** `directory` and each directory above it up to and including `top`, or up to the root where `top` is not above it. */
export function upwards(directory: string, top: string): string[] {
  const found = [directory];
  for (let at = directory; at !== top && path.dirname(at) !== at; ) {
    at = path.dirname(at);
    found.push(at);
  }
  return found;
}

/** A path relative to `from` with forward slashes, as patterns, reports and stores spell it. */
export function relativePosix(from: string, to: string): string {
  return path.relative(from, to).replaceAll('\\', '/');
}

/** One-based line of the first place where `text` stands in `source`; undefined when it does not. */
export function lineOf(source: string, text: string): number | undefined {
  const index = source.indexOf(text);
  return index < 0 ? undefined : source.slice(0, index).split('\n').length;
}
