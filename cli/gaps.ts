import path from 'node:path';
import type { AuditedFile } from '../engine/audit/index.ts';
import { findGaps, type Gap, type GapEvent, type GapMatrix } from '../engine/gaps/index.ts';
import type { Failure } from '../engine/model/index.ts';
import { ResultBooks } from '../engine/mutation/index.ts';
import { gapNumbers } from '../engine/report/index.ts';
import { findPackage, findResultFolders, kindOf, nearestManifestFolder, relativePosix } from '../engine/workspace/index.ts';
import type { Painter } from './paint.ts';

/** The matrices of the packages that some files and directories (absolute paths) belong to, and why there is none of some. */
export async function gapsOf(
  targets: readonly string[],
  audited: readonly AuditedFile[],
  signal: AbortSignal,
  report: (event: GapEvent) => void,
): Promise<{ matrices: GapMatrix[]; failures: Failure[] }> {
  const books = new ResultBooks();
  const matrices: GapMatrix[] = [];
  const failures: Failure[] = [];
  try {
    for (const directory of new Set((await Promise.all(targets.map(packagesOf))).flat())) {
      const found = await findGaps({ directory, book: books.existing(directory), audited }, { signal, report });
      if (found.ok) matrices.push(found.value);
      else failures.push(found.failure);
    }
  } finally {
    books.close();
  }
  return { matrices, failures };
}

/** The packages below a directory that have results, else the one that it belongs to. */
async function packagesOf(target: string): Promise<string[]> {
  const isDirectory = (await kindOf(target)) === 'directory';
  const below = isDirectory ? await findResultFolders(target) : [];
  if (below.length > 0) return below;
  const folder = await nearestManifestFolder(isDirectory ? target : path.dirname(target));
  const found = await findPackage(target, folder);
  return [found.ok ? found.value.directory : folder];
}

/** The matrix of a package for a person to read in a terminal, line by line. */
export function gapLines(matrix: GapMatrix, cwd: string, paint: Painter): string[] {
  const { directory, gaps, unmatched } = matrix;
  const heading = `Critical paths of ${relativePosix(cwd, directory) || path.basename(directory)}`;
  if (gaps.length === 0) return [paint.bold(heading), '  No source of JavaScript or TypeScript with a function in it was found.'];
  const rows = [['risk', 'path', 'reached', 'tests', 'strength', 'kill rate'], ...gaps.map((gap) => [gap.risk, gap.name, ...gapNumbers(gap)])];
  const widths = rows[0]?.map((_, i) => Math.max(...rows.map((row) => row[i]?.length ?? 0))) ?? [];
  const [head = '', ...lines] = rows.map((row) => `  ${row.map((cell, i) => cell.padEnd(widths[i] ?? 0)).join('  ')}`.trimEnd());
  return [
    paint.bold(heading),
    ...unmatched.map((one) => `  ${paint.red('not found')} ${one.path}: ${one.message}.`),
    paint.dim(head),
    ...gaps.flatMap((gap, i) => [emphasised(lines[i] ?? '', gap, paint), paint.dim(`      ${gap.sentence}`)]),
    ...notes(matrix).map((note) => `  ${note}`),
  ];
}

function emphasised(line: string, { risk }: Gap, paint: Painter): string {
  return risk === 'critical' || risk === 'high' ? paint.bold(line) : line;
}

function ofShallow(commits: number): string {
  if (commits === 0) return 'changes and fixes are left out of account.';
  return `changes and fixes are those of its last ${commits === 1 ? 'commit' : `${commits} commits`} alone.`;
}

/** What is missing for a better answer, and how to get it. */
function notes({ gaps, history }: GapMatrix): string[] {
  const without = gaps.filter(({ killRate }) => killRate === null);
  const files = [...new Set(without.flatMap(({ files: own, at }) => (own.length > 0 ? own : at ? [at.file] : [])))];
  return [
    ...(gaps.every(({ functions }) => functions.judged === 0)
      ? ['Nothing has been judged yet: "assay mutate --extreme" takes a quick look at all functions, "assay mutate FILE" tells all of a file.']
      : files.length > 0
        ? [`Kill rates that are missing: assay mutate ${files.join(' ')}`]
        : []),
    ...(history === undefined ? ['There is no history of git to look at: changes and fixes are left out of account.'] : []),
    ...(history?.isShallow ? [`This clone is shallow: ${ofShallow(history.commits)} "git fetch --unshallow" brings the rest.`] : []),
  ];
}
