import { countRun } from '../counting.ts';
import type { DeclaredFunction } from '../functions.ts';
import type { CoveredFile } from '../model.ts';

/** A file in coverage.py's JSON report. */
export interface CoveragePyFile {
  executed_lines: number[];
  missing_lines: number[];
  /** Pairs of lines, where branches were measured; one that leaves a function has a negative line. */
  executed_branches?: [from: number, to: number][];
  missing_branches?: [from: number, to: number][];
}

/** What coverage.py's JSON report (`coverage json`) tells by file; nothing where it is none. */
export function readCoveragePy(report: unknown): Map<string, CoveragePyFile> {
  const { files } = (report ?? {}) as { files?: Record<string, CoveragePyFile> };
  return new Map(Object.entries(files ?? {}).filter(([, one]) => Array.isArray(one.executed_lines) && Array.isArray(one.missing_lines)));
}

/** What several runs tell of one file: what ran in one of them ran. */
export function mergeCoveragePy(all: readonly CoveragePyFile[]): CoveragePyFile {
  const [only] = all;
  if (only && all.length === 1) return only;
  const executed = new Set(all.flatMap(({ executed_lines }) => executed_lines));
  const missing = new Set(all.flatMap(({ missing_lines }) => missing_lines));
  const pairs = (branches: readonly (readonly [number, number])[]) => new Map(branches.map((pair) => [pair.join(), pair as [number, number]]));
  const taken = pairs(all.flatMap(({ executed_branches = [] }) => executed_branches));
  const missed = pairs(all.flatMap(({ missing_branches = [] }) => missing_branches));
  return {
    executed_lines: [...executed],
    missing_lines: [...missing].filter((line) => !executed.has(line)),
    ...(all.some(({ executed_branches }) => executed_branches) && {
      executed_branches: [...taken.values()],
      missing_branches: [...missed].flatMap(([key, pair]) => (taken.has(key) ? [] : [pair])),
    }),
  };
}

/** A file with its lines as statements, as coverage.py calls them; a function ran where a line of its body did. */
export function pythonFile(file: string, told: CoveragePyFile, functions: readonly DeclaredFunction[]): CoveredFile {
  const lines = [...told.executed_lines.map((line) => ({ line, count: 1 })), ...told.missing_lines.map((line) => ({ line, count: 0 }))];
  const statements = lines.sort((a, b) => a.line - b.line).map(({ line, count }) => ({ range: wholeLine(line), count }));
  const declared = functions.flatMap(({ name, at, body }) => {
    const inside = statements.filter(({ range }) => range.start.line >= body.start.line && range.start.line <= body.end.line);
    return inside.length > 0 ? [{ name, range: at, count: Number(inside.some(({ count }) => count > 0)) }] : [];
  });
  const { executed_branches: taken, missing_branches: missed } = told;
  const arms = [...(taken ?? []).map(([from, to]) => ({ from, to, count: 1 })), ...(missed ?? []).map(([from, to]) => ({ from, to, count: 0 }))];
  const branches = [...Map.groupBy(arms, ({ from }) => from)].map(([from, ways]) => ({
    range: wholeLine(from),
    kind: 'branch',
    arms: ways.map(({ to, count }) => ({ count, ...(to > 0 && { range: wholeLine(to) }) })),
  }));
  const counts = {
    lines: countRun(statements),
    statements: countRun(statements),
    branches: taken || missed ? countRun(arms) : null,
    functions: countRun(declared),
  };
  return { file, counts, statements, branches, functions: declared };
}

/** @param line from 1 */
function wholeLine(line: number) {
  return { start: { line: line - 1, column: 0 }, end: { line: line - 1, column: Number.MAX_SAFE_INTEGER } };
}
