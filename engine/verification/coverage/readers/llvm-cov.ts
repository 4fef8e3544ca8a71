import { comparePositions, containsPosition, type Position, type Range } from '../../../model/index.ts';
import { countRun } from '../counting.ts';
import type { DeclaredFunction } from '../functions.ts';
import type { CoveredFile, CoveredFunction, CoveredStatement } from '../model.ts';

/** Where what is counted changes: from here to the next such place the text ran as often. Lines and columns from 1. */
type Segment = [line: number, column: number, count: number, hasCount: boolean, isEntry: boolean, isGap: boolean];
/** A piece of a function; kind 0 is code. */
type Region = [line: number, column: number, endLine: number, endColumn: number, count: number, file: number, expanded: number, kind: number];

/** What `llvm-cov export` (format version 2 or 3) tells of a file. */
export interface LlvmFile {
  /** Absolute path. */
  file: string;
  segments: Segment[];
  /** The pieces of its functions, one entry for each copy that was compiled of one. */
  functions: { count: number; regions: Region[] }[];
}

/** What `llvm-cov export` tells by file; nothing where it is no such report. */
export function readLlvmCov(report: unknown): LlvmFile[] {
  const { data: [told] = [] } = (report ?? {}) as {
    data?: { files?: { filename: string; segments: Segment[] }[]; functions?: { count: number; filenames: string[]; regions: Region[] }[] }[];
  };
  const functions = Map.groupBy(told?.functions ?? [], ({ filenames }) => filenames[0]);
  return (told?.files ?? []).map(({ filename, segments }) => ({
    file: filename,
    segments,
    functions: (functions.get(filename) ?? []).map(({ count, regions }) => ({
      count,
      regions: regions.filter(([, , , , , file, , kind]) => file === 0 && kind === 0),
    })),
  }));
}

/**
 * A Rust file with the regions of LLVM as statements, and its lines as `llvm-cov` counts them. Copies of a generic function are one, which ran where one of them did. What is not declared
 * by a name is a closure. LLVM tells of no branches of Rust.
 *
 * @param apart code of tests, which is not counted
 */
export function rustFile({ file, segments, functions }: LlvmFile, declared: readonly DeclaredFunction[], apart: readonly Range[]): CoveredFile {
  const isOwn = (position: Position) => !apart.some((range) => containsPosition(range, position));
  const [regions, places] = [new Map<string, CoveredStatement>(), new Map<string, CoveredFunction>()];
  for (const { count, regions: told } of functions) {
    const ranges = told.map(([line, column, endLine, endColumn, ran]) => ({
      range: { start: { line: line - 1, column: column - 1 }, end: { line: endLine - 1, column: endColumn - 1 } },
      count: ran,
    }));
    const first = ranges.toSorted((a, b) => comparePositions(a.range.start, b.range.start))[0];
    if (!first || !isOwn(first.range.start)) continue;
    for (const one of ranges) add(regions, one);
    const named = declared.find(({ at }) => containsPosition(first.range, at.start));
    add(places, { name: named?.name ?? '(closure)', range: named?.at ?? first.range, count });
  }
  const counts = {
    lines: countRun(linesOf(segments).filter(({ line }) => isOwn({ line: line - 1, column: Number.MAX_SAFE_INTEGER }))),
    statements: countRun([...regions.values()]),
    branches: null,
    functions: countRun([...places.values()]),
  };
  const statements = piecesOf(segments).filter(({ range }) => isOwn(range.start));
  return { file, counts, statements, branches: [], functions: [...places.values()] };
}

function add<T extends CoveredStatement>(all: Map<string, T>, one: T): void {
  const { start, end } = one.range;
  const key = [start.line, start.column, end.line, end.column].join(':');
  all.set(key, { ...one, count: one.count + (all.get(key)?.count ?? 0) });
}

/** The text from each place where something is counted to the next. */
function piecesOf(segments: readonly Segment[]): CoveredStatement[] {
  return segments.flatMap(([line, column, count, hasCount, , isGap], at) => {
    const next = segments[at + 1];
    if (!hasCount || isGap || !next) return [];
    return [{ range: { start: { line: line - 1, column: column - 1 }, end: { line: next[0] - 1, column: next[1] - 1 } }, count }];
  });
}

/** The lines that are counted, as LLVM has them (`LineCoverageStats`): as often as the piece that goes on from above, or the most of those that begin there. */
function linesOf(segments: readonly Segment[]): { line: number; count: number }[] {
  const byLine = Map.groupBy(segments, ([line]) => line);
  const lines: { line: number; count: number }[] = [];
  let above: Segment | undefined;
  for (let line = segments[0]?.[0] ?? 1; line <= (segments.at(-1)?.[0] ?? 0); line++) {
    const here = byLine.get(line) ?? [];
    const begun = here.filter(([, , , hasCount, isEntry, isGap]) => hasCount && isEntry && !isGap);
    const isSkipped = here[0] !== undefined && !here[0][3] && here[0][4];
    const isCounted = (!isSkipped && (above?.[3] === true || begun.length > 0)) || here.some(([, , , hasCount, isEntry]) => hasCount && isEntry);
    if (isCounted) lines.push({ line, count: Math.max(above?.[3] ? above[2] : 0, ...begun.map(([, , count]) => count)) });
    above = here.at(-1) ?? above;
  }
  return lines;
}
