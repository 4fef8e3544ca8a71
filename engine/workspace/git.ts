import path from 'node:path';
import { fail, ok, type Range, type Result } from '../model/index.ts';
import { run, userEnvironment } from '../process/index.ts';

/** Lines of a file that differ from a git ref; `lines` is missing for a file that is new since then. */
export interface ChangedFile {
  /** Absolute path. */
  file: string;
  lines?: Range[];
}

/** What the user's configuration of git must not change about a diff. */
const DIFF_OPTIONS = [
  ...['--unified=0', '--inter-hunk-context=0', '--no-color', '--no-ext-diff', '--no-renames', '--relative'],
  ...['--src-prefix=a/', '--dst-prefix=b/'],
];

/**
 * The files below `directory` that differ between the working tree and `ref` (committed, staged, unstaged and untracked), with the lines that changed.
 * Deleted files are left out.
 */
export async function changedSince(directory: string, ref: string, signal: AbortSignal): Promise<Result<ChangedFile[]>> {
  const top = await git(directory, ['rev-parse', '--show-toplevel'], signal);
  if (!top.ok) {
    return fail({
      code: 'no-git',
      message: `${directory} is not in a git repository that git can read.`,
      action: 'Install git, or leave --since out.',
      detail: top.message,
    });
  }
  const diff = await git(directory, ['diff', ...DIFF_OPTIONS, '--end-of-options', ref, '--', '.'], signal);
  if (!diff.ok) {
    return fail({
      code: 'no-git',
      message: `git does not know the ref "${ref}".`,
      action: 'Give a branch, a tag or a commit that exists here.',
      detail: diff.message,
    });
  }
  const untracked = await git(directory, ['ls-files', '--others', '--exclude-standard', '-z'], signal);
  const added = untracked.ok ? untracked.lines.join('\n').split('\0').filter(Boolean) : [];
  return ok(
    [...parseUnifiedDiff(diff.lines), ...added.map((name) => ({ file: name }))].map((change) => ({
      ...change,
      file: path.resolve(directory, change.file),
    })),
  );
}

/** Reads `git diff --unified=0`: each file's added or changed lines. A pure deletion counts as the line it left behind. */
export function parseUnifiedDiff(lines: readonly string[]): ChangedFile[] {
  const changes: ChangedFile[] = [];
  // Lines of a hunk that are still to come: they may look like anything.
  let left = 0;
  for (const line of lines) {
    if (left > 0) {
      if (!line.startsWith('\\')) left--;
      continue;
    }
    const file = /^\+\+\+ (.+?)\t?$/.exec(line)?.[1];
    if (file) changes.push({ file: file === '/dev/null' ? '' : unquote(file).replace(/^b\//, ''), lines: [] });
    const hunk = /^@@ -\d+(?:,(\d+))? \+(\d+)(?:,(\d+))? @@/.exec(line);
    if (!hunk) continue;
    const added = Number(hunk[3] ?? 1);
    left = Number(hunk[1] ?? 1) + added;
    const start = Math.max(0, Number(hunk[2]) - 1);
    changes.at(-1)?.lines?.push({ start: { line: start, column: 0 }, end: { line: start + Math.max(1, added), column: 0 } });
  }
  return changes.filter((change) => change.file !== '');
}

const ESCAPES: Record<string, string> = { a: '\x07', b: '\b', t: '\t', n: '\n', v: '\v', f: '\f', r: '\r' };

/** The name that git wrote, which it quotes like a string of C where it must, with bytes in octal. */
export function unquote(name: string): string {
  if (!name.startsWith('"')) return name;
  const parts = name.slice(1, -1).match(/\\[0-7]{3}|\\.|[^\\]+/gs) ?? [];
  return Buffer.concat(
    parts.map((part) => {
      if (/^\\\d/.test(part)) return Buffer.of(Number.parseInt(part.slice(1), 8));
      return Buffer.from(part.startsWith('\\') ? (ESCAPES[part.charAt(1)] ?? part.slice(1)) : part);
    }),
  ).toString();
}

/** What git says in a directory, line by line, or why it could not; `env` is added to the environment. */
export async function git(
  cwd: string,
  args: string[],
  signal: AbortSignal,
  env: NodeJS.ProcessEnv = {},
): Promise<{ ok: true; lines: string[] } | { ok: false; message: string }> {
  const lines: string[] = [];
  const errors: string[] = [];
  const exit = await run(
    {
      program: 'git',
      args: ['-c', 'core.quotePath=false', ...args],
      cwd,
      env: { ...userEnvironment(), GIT_OPTIONAL_LOCKS: '0', ...env },
    },
    // With `-z`, all names are in one line.
    { signal, longestLine: Number.POSITIVE_INFINITY, onStdout: (line) => lines.push(line), onStderr: (line) => errors.push(line) },
  );
  return exit.code === 0 ? { ok: true, lines } : { ok: false, message: exit.startError?.message ?? errors.join('\n') };
}
