import { createHash } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { git } from './git.ts';

/** How a repository stands: its commit, and what of it was changed. */
export interface WorkingState {
  commit: string;
  /** Missing where no branch is checked out. */
  branch?: string;
  /** Whether there are untracked files that are not ignored. */
  hasUntracked: boolean;
  /** Tracked files that differ from the commit, relative to the directory that was asked about, with a hash of what is in them now. */
  changed: ReadonlyMap<string, string>;
}

/** How the repository that a directory (absolute) belongs to stands, as far as files below the directory go; undefined where there is none, or no commit. */
export async function workingState(directory: string, signal: AbortSignal): Promise<WorkingState | undefined> {
  const said = await git(directory, ['status', '--porcelain=v2', '--branch', '--no-renames', '-z', '--', '.'], signal);
  if (!said.ok) return undefined;
  const entries = said.lines.join('\n').split('\0');
  const header = (name: string) => entries.find((entry) => entry.startsWith(`# ${name} `))?.slice(name.length + 3);
  const commit = header('branch.oid');
  if (!commit || commit === '(initial)') return undefined;
  const branch = header('branch.head');
  const names = entries
    .map((entry) => /^(?:1 \S+ \S+ \S+ \S+ \S+ \S+ \S+|u \S+ \S+ \S+ \S+ \S+ \S+ \S+ \S+ \S+) (.+)$/s.exec(entry)?.[1])
    .filter((name) => name !== undefined);
  // They are told from the top of the repository; where it is takes as long to ask as all else.
  const prefix = names.length > 0 ? await git(directory, ['rev-parse', '--show-prefix'], signal) : undefined;
  if (prefix && !prefix.ok) return undefined;
  const changed = names.map((name) => name.slice((prefix?.lines[0] ?? '').length));
  return {
    commit,
    ...(branch && branch !== '(detached)' && { branch }),
    hasUntracked: entries.some((entry) => entry.startsWith('? ')),
    changed: new Map(await Promise.all(changed.map(async (name) => [name, await hashOf(path.join(directory, name))] as const))),
  };
}

/** Tracked files that are others in `after` than in `before`. */
export function changedBetween(before: WorkingState, after: WorkingState): string[] {
  return [...new Set([...before.changed.keys(), ...after.changed.keys()])]
    .filter((name) => before.changed.get(name) !== after.changed.get(name))
    .sort();
}

async function hashOf(file: string): Promise<string> {
  try {
    return createHash('sha1')
      .update(await readFile(file))
      .digest('hex');
  } catch {
    return 'gone';
  }
}
