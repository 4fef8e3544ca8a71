import type { Position, Range } from '../../../model/index.ts';
import { countCode } from '../counting.ts';
import type { CoveredFile } from '../model.ts';

/** A place as Istanbul writes it: lines from 1, columns from 0; what is not known is missing or null. */
interface Place {
  line?: number | null;
  column?: number | null;
}

interface Span {
  start: Place;
  end: Place;
}

/** What Istanbul knows of a file: `coverage-final.json` holds one for each path. */
export interface IstanbulFile {
  path: string;
  statementMap: Record<string, Span>;
  s: Record<string, number>;
  branchMap: Record<string, { type: string; loc?: Span; locations: Span[] }>;
  b: Record<string, number[]>;
  fnMap: Record<string, { name: string; decl?: Span; loc: Span }>;
  f: Record<string, number>;
}

/** Files as Istanbul writes them (`coverage-final.json`, `.nyc_output/*.json`); what is no such thing is left out. */
export function readIstanbul(written: unknown): CoveredFile[] {
  if (typeof written !== 'object' || written === null) return [];
  return Object.values(written as Record<string, Partial<IstanbulFile> | null>).flatMap((one) => (isIstanbulFile(one) ? [fileOf(one)] : []));
}

function isIstanbulFile(one: Partial<IstanbulFile> | null): one is IstanbulFile {
  return typeof one?.path === 'string' && one.statementMap !== undefined && one.s !== undefined;
}

function fileOf({ path, statementMap, s, branchMap, b, fnMap, f }: IstanbulFile): CoveredFile {
  const statements = Object.entries(statementMap).map(([id, span]) => ({ range: rangeOf(span), count: s[id] ?? 0 }));
  const branches = Object.entries(branchMap).map(([id, { type, loc, locations }]) => ({
    range: rangeOf(loc ?? locations[0] ?? NOWHERE),
    kind: type,
    arms: (b[id] ?? []).map((count, at) => {
      const span = locations[at];
      return { count, ...(span && isKnown(span.start) && { range: rangeOf(span) }) };
    }),
  }));
  const functions = Object.entries(fnMap).map(([id, { name, decl, loc }]) => ({ name, range: rangeOf(decl ?? loc), count: f[id] ?? 0 }));
  return { file: path, counts: countCode(statements, branches, functions), statements, branches, functions };
}

const NOWHERE: Span = { start: { line: 1, column: 0 }, end: { line: 1, column: 0 } };

function isKnown({ line }: Place): boolean {
  return line !== undefined && line !== null;
}

function rangeOf({ start, end }: Span): Range {
  const from = positionOf(start, 0);
  return { start: from, end: isKnown(end) ? positionOf(end, Number.MAX_SAFE_INTEGER) : from };
}

/** A column that is infinite, which JSON makes null of, is the end of the line. */
function positionOf({ line, column }: Place, otherwise: number): Position {
  return { line: (line ?? 1) - 1, column: Number.isFinite(column ?? Number.NaN) ? (column as number) : otherwise };
}
