import type { Range } from '../../model/index.ts';
import { countCode } from './counting.ts';
import type { CoveredFile } from './model.ts';

/** Files with what several runs covered of them: what is at the same place is the same, and ran as often as in all of them together. */
export function mergeFiles(files: readonly CoveredFile[]): CoveredFile[] {
  return [...Map.groupBy(files, ({ file }) => file).values()].flatMap((same) => {
    const [only] = same;
    if (!only || same.length === 1) return only ?? [];
    const statements = merge(same.flatMap((one) => one.statements));
    const functions = merge(same.flatMap((one) => one.functions));
    const branches = mergeBranches(same);
    return { file: only.file, counts: countCode(statements, branches, functions), statements, branches, functions };
  });
}

function merge<T extends { range: Range; count: number }>(all: readonly T[]): T[] {
  const byPlace = new Map<string, T>();
  for (const one of all) {
    const key = keyOf(one.range);
    byPlace.set(key, { ...one, count: one.count + (byPlace.get(key)?.count ?? 0) });
  }
  return [...byPlace.values()];
}

function mergeBranches(files: readonly CoveredFile[]): CoveredFile['branches'] {
  const byPlace = Map.groupBy(
    files.flatMap(({ branches }) => branches),
    ({ kind, range, arms }) => `${kind} ${keyOf(range)} ${arms.length}`,
  );
  return [...byPlace.values()].flatMap((same) => {
    const [first] = same;
    if (!first) return [];
    const arms = first.arms.map((arm, at) => ({ ...arm, count: same.reduce((all, one) => all + (one.arms[at]?.count ?? 0), 0) }));
    return { ...first, arms };
  });
}

function keyOf({ start, end }: Range): string {
  return [start.line, start.column, end.line, end.column].join(':');
}
