import { readFile } from 'node:fs/promises';
import { ok, type Range, type Result } from '../model/index.ts';
import { languageOf, pieces, SyntaxTree } from '../syntax/index.ts';
import { changedSince, isInside, isMutationCandidate, relativePosix } from '../workspace/index.ts';
import type { MutateTarget } from './targets.ts';

/**
 * The functions (and statements outside of functions) below `paths` that changed since a git ref, as targets: a new file as a whole, of others the
 * innermost pieces that hold a changed line. Tests and configurations are left out unless they are named.
 *
 * @param directory absolute path from which git looks; `paths` are absolute
 */
export async function targetsSince(directory: string, ref: string, paths: readonly string[], signal: AbortSignal): Promise<Result<MutateTarget[]>> {
  const changes = await changedSince(directory, ref, signal);
  if (!changes.ok) return changes;
  const targets: MutateTarget[] = [];
  for (const { file, lines } of changes.value) {
    const wanted = paths.includes(file) || (paths.some((path) => isInside(path, file)) && isMutationCandidate(relativePosix(directory, file)));
    if (!wanted) continue;
    const named = paths.includes(file);
    if (!lines) targets.push({ path: file, named });
    else {
      const ranges = await changedPieces(file, lines);
      if (ranges.length > 0) targets.push({ path: file, ranges, named });
    }
  }
  return ok(targets);
}

async function changedPieces(file: string, lines: readonly Range[]): Promise<Range[]> {
  const language = languageOf(file);
  const text = await readFile(file, 'utf8').catch(() => undefined);
  if (!language || text === undefined) return [];
  const tree = await SyntaxTree.parse(language, text);
  const all = pieces(tree.tree);
  const changed = new Set(
    lines.flatMap(({ start, end }) =>
      Array.from({ length: end.line - start.line }, (_, i) => start.line + i).map((line) =>
        all.findLast(({ range }) => range.start.line <= line && line <= range.end.line),
      ),
    ),
  );
  tree.dispose();
  return all.filter((piece) => changed.has(piece)).map(({ range }) => range);
}
