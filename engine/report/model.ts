import type { ResolvedPiece, StoredRun, StoredTest, Verification } from '../mutation/index.ts';

/** A file's results with the text that they speak of. */
export interface ReportFile {
  /** Relative to the package, with forward slashes. */
  path: string;
  text: string;
  pieces: ResolvedPiece[];
}

/** All that a report of one package is made from. */
export interface ReportInput {
  packageName: string;
  /** Absolute path of the package. */
  directory: string;
  files: ReportFile[];
  tests: ReadonlyMap<number, StoredTest>;
  run: StoredRun | undefined;
  /** Assay's own version. */
  version: string;
  /** What came of verifying verdicts of the run, where that was asked for. */
  verification?: Verification;
  /** Whether these are the results of a quick scan alone, of which there is no mutation score. */
  extreme?: boolean;
}

/** The fresh mutants of a file that make a score: of functions that only a quick scan has judged, most are missing. */
export function scoredMutants(file: ReportFile) {
  return freshMutants({ ...file, pieces: file.pieces.filter(({ scanned }) => !scanned) });
}

/** The fresh mutants of a file in the order in which they stand in it: stale ones speak of a text that is gone, so no report holds them. */
export function freshMutants(file: ReportFile) {
  return file.pieces.filter((piece) => !piece.stale).flatMap((piece) => piece.mutants.map((mutant) => ({ ...mutant, piece: piece.name })));
}
