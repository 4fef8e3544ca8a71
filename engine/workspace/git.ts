import path from 'node:path';
import { fail, ok, type Range, type Result } from '../model/index.ts';
import { run, userEnvironment } from '../process/index.ts';

/** Lines of a file that differ from a git ref; `lines` is missing for a file that is new since then. */
export interface ChangedFile {
  /** Absolute path. */
  file: string;
  lines?: Range[];
}

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
  const diff = await git(directory, ['diff', '--unified=0', '--no-color', '--no-ext-diff', '--no-renames', '--relative', ref, '--', '.'], signal);
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
  for (const line of lines) {
    const file = /^\+\+\+ (?:b\/)?(.+?)\t?$/.exec(line)?.[1];
    if (file && file !== '/dev/null') changes.push({ file: unquote(file), lines: [] });
    else if (file) changes.push({ file: '', lines: [] });
    const hunk = /^@@ -\S+ \+(\d+)(?:,(\d+))? @@/.exec(line);
    if (!hunk) continue;
    const start = Math.max(0, Number(hunk[1]) - 1);
    const count = Math.max(1, hunk[2] === undefined ? 1 : Number(hunk[2]));
    changes.at(-1)?.lines?.push({ start: { line: start, column: 0 }, end: { line: start + count, column: 0 } });
  }
  return changes.filter((change) => change.file !== '');
}

function unquote(name: string): string {
  return name.startsWith('"') ? (JSON.parse(name) as string).replace(/^b\//, '') : name;
}

async function git(cwd: string, args: string[], signal: AbortSignal): Promise<{ ok: true; lines: string[] } | { ok: false; message: string }> {
  const lines: string[] = [];
  const errors: string[] = [];
  const exit = await run(
    { program: 'git', args: ['-c', 'core.quotePath=false', ...args], cwd, env: { ...userEnvironment(), GIT_OPTIONAL_LOCKS: '0' } },
    { signal, onStdout: (line) => lines.push(line), onStderr: (line) => errors.push(line) },
  );
  return exit.code === 0 ? { ok: true, lines } : { ok: false, message: exit.startError?.message ?? errors.join('\n') };
}
