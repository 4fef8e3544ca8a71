import { fail, ok, type Result } from '../model/index.ts';
import { git, unquote } from './git.ts';

/** How often a file was changed, and how often to mend something. */
export interface FileHistory {
  /** Commits that touched it. */
  changes: number;
  /** Those of them whose subject says that they mend something. */
  fixes: number;
}

/** What a repository's own history says of the files below a directory. */
export interface History {
  /** By path relative to the directory, as the files are called today. */
  files: Map<string, FileHistory>;
  /** How many commits were looked at. */
  commits: number;
  /** Whether commits are missing in this clone, so that all numbers are of the last ones alone. */
  isShallow: boolean;
}

/** How far back is looked from the last commit, seconds: a year. */
const SPAN_S = 365 * 24 * 60 * 60;
/** How many commits are looked at, the newest first: about as many as the Linux kernel's busiest directories see in a year. */
const MOST_COMMITS = 5000;
/** How long git may take, milliseconds. */
const LONGEST_MS = 20_000;

/**
 * How often the files below a directory (absolute path) were changed and mended in the year before the last commit. Merges and commits without a parent are
 * left out: the one says again what was said, the other made all files, or is where a shallow clone is cut off.
 */
export async function readHistory(directory: string, signal: AbortSignal): Promise<Result<History>> {
  const limited = AbortSignal.any([signal, AbortSignal.timeout(LONGEST_MS)]);
  const last = await git(directory, ['log', '-1', '--format=%ct'], limited);
  const seconds = Number(last.ok ? last.lines[0] : Number.NaN);
  if (!last.ok || !Number.isFinite(seconds)) return noHistory(directory, last.ok ? 'There is no commit.' : last.message);
  const shallow = await git(directory, ['rev-parse', '--is-shallow-repository'], limited);
  // Renames are told from equal contents alone: then git reads no file, which in a partial clone it would have to fetch. It may fetch nothing.
  const what = [
    '--name-status',
    '-M100%',
    '--no-ext-diff',
    '--relative',
    '--no-merges',
    `--max-count=${MOST_COMMITS}`,
    `--since=@${seconds - SPAN_S}`,
  ];
  const log = await git(directory, ['log', `--format=${COMMIT}%P${COMMIT}%s`, ...what, '--', '.'], limited, { GIT_NO_LAZY_FETCH: '1' });
  if (!log.ok) return noHistory(directory, log.message || 'git took too long.');
  return ok({ ...parseHistory(log.lines), isShallow: shallow.ok && shallow.lines[0] === 'true' });
}

function noHistory(directory: string, detail: string): Result<never> {
  return fail({
    code: 'no-git',
    message: `${directory} has no history that git can read.`,
    action: 'Install git, or look at a clone of the repository.',
    detail,
  });
}

/** Begins the line of a commit and parts what it says: no name of a file holds it. */
const COMMIT = '\x01';

/** Reads `git log --name-status`, the newest commit first: each with its parents and its subject, and with the files that it touched. */
export function parseHistory(lines: readonly string[]): Pick<History, 'files' | 'commits'> {
  const files = new Map<string, FileHistory>();
  /** What files that were renamed since are called today. */
  const today = new Map<string, string>();
  let commits = 0;
  let counts = false;
  let fix = false;
  for (const line of lines) {
    if (line.startsWith(COMMIT)) {
      const [, parents = '', subject = ''] = line.split(COMMIT);
      counts = parents !== '';
      fix = isFix(subject);
      if (counts) commits++;
      continue;
    }
    const [status = '', ...names] = line.split('\t');
    const name = names.at(-1);
    if (!counts || name === undefined) continue;
    const written = unquote(name);
    const called = today.get(written) ?? written;
    if (/^[RC]/.test(status) && names[0] !== undefined) {
      if (status.startsWith('R')) today.set(unquote(names[0]), called);
      continue;
    }
    const known = files.get(called) ?? { changes: 0, fixes: 0 };
    files.set(called, { changes: known.changes + 1, fixes: known.fixes + (fix ? 1 : 0) });
  }
  return { files, commits };
}

/** Kinds of commits, as conventional commits call them, that mend nothing in what the program does. */
const OTHER_KINDS = /^(?:docs?|tests?|style|chore|ci|build|lint|types?|examples?|bench)\b[^:]*:/i;
const FIX = /\b(?:fix(?:e[sd]|ing)?|bug(?:s|fix(?:es)?)?|hotfix(?:es)?|regressions?|revert(?:s|ed)?)\b/i;
const NOTHING_DONE = /\b(?:typos?|spelling|lint(?:ing|er)?|format(?:ting)?|comments?|whitespace|readme|changelog)\b/i;

/** Whether the subject of a commit says that it mends something in what the program does. */
export function isFix(subject: string): boolean {
  return FIX.test(subject) && !OTHER_KINDS.test(subject) && !NOTHING_DONE.test(subject);
}
