import * as vscode from 'vscode';
import type { CoverageDetail, CoveredParams, ShownCoverage } from '../server/protocol.ts';
import type { Connection } from './connection.ts';

/** The end of a line that is longer than any. */
const LINE_END = 0x7f_ff_ff_ff;

/** What VS Code shows of the code that tests ran; of a file, all of it only when it is looked at. */
export class CoverageShown {
  readonly #connection: Connection;
  readonly #places = new WeakMap<vscode.FileCoverage, CoveredParams>();

  constructor(connection: Connection) {
    this.#connection = connection;
  }

  /** Adds what the tests of a proof covered to a run. */
  async addTo(run: vscode.TestRun, project: string, proof: string): Promise<void> {
    for (const file of await this.#connection.ask('coverage', { project, proof })) {
      const covered = fileCoverage(file);
      this.#places.set(covered, { project, proof, uri: file.uri });
      run.addCoverage(covered);
    }
  }

  /** The statements, branches and functions of a file. */
  async details(file: vscode.FileCoverage): Promise<vscode.FileCoverageDetail[]> {
    const place = this.#places.get(file);
    const detail = place && (await this.#connection.ask('coveredFile', place));
    return detail ? detailsOf(detail) : [];
  }
}

function fileCoverage({ uri, counts }: ShownCoverage): vscode.FileCoverage {
  const count = (of: { covered: number; total: number } | null) => of ?? undefined;
  return new vscode.FileCoverage(vscode.Uri.parse(uri), counts.statements ?? counts.lines ?? NONE, count(counts.branches), count(counts.functions));
}

const NONE = { covered: 0, total: 0 };

function detailsOf({ statements, functions }: CoverageDetail): vscode.FileCoverageDetail[] {
  return [
    ...statements.map(({ range, count, arms }) => {
      const branches = arms.map((arm) => new vscode.BranchCoverage(arm.count, arm.range ? rangeOf(arm.range) : undefined, arm.label));
      return new vscode.StatementCoverage(count, rangeOf(range), branches);
    }),
    ...functions.map(({ name, range, count }) => new vscode.DeclarationCoverage(name, count, rangeOf(range))),
  ];
}

function rangeOf({ start, end }: CoverageDetail['statements'][number]['range']): vscode.Range {
  return new vscode.Range(start.line, start.column, end.line, Math.min(end.column, LINE_END));
}
