import { type Diagnostic, DiagnosticSeverity } from 'vscode-languageserver';
import { containsRange } from '../engine/model/index.ts';
import { describe, type ResolvedMutant, type ResolvedPiece, type TestLocator } from '../engine/mutation/index.ts';
import { shippedFile } from '../engine/process/index.ts';
import { toLsp, toUri } from './convert.ts';
import type { Settings } from './protocol.ts';
import type { JudgedFile } from './workspace.ts';

/** What a diagnostic carries for the actions on it. */
export interface DiagnosticData {
  mutantId: string;
}

/** The source of all our diagnostics. */
export const SOURCE = 'Assay';
/** How many covering tests are named with a survivor. */
const NAMED_TESTS = 10;

const SEVERITIES: Record<Settings['severity'], DiagnosticSeverity> = {
  error: DiagnosticSeverity.Error,
  warning: DiagnosticSeverity.Warning,
  information: DiagnosticSeverity.Information,
  hint: DiagnosticSeverity.Hint,
};

/** Survivors of a file, each with the tests that ran it, and a hint for each stretch of code that no test runs. Stale results say nothing. */
export async function diagnose(judged: JudgedFile, severity: Settings['severity'], locator: TestLocator): Promise<Diagnostic[]> {
  const fresh = judged.pieces.filter(({ stale }) => !stale);
  const survivors = fresh.flatMap(({ mutants }) => mutants.filter(({ status }) => status === 'Survived'));
  return [...(await Promise.all(survivors.map((mutant) => survivor(mutant, judged, severity, locator)))), ...fresh.flatMap(uncovered)];
}

async function survivor(mutant: ResolvedMutant, judged: JudgedFile, severity: Settings['severity'], locator: TestLocator): Promise<Diagnostic> {
  const tests = judged.book.tests();
  const related = await Promise.all(
    mutant.coveredBy.slice(0, NAMED_TESTS).map(async (id) => {
      const test = tests.get(id);
      const place = test && (await locator.locate(test, judged.book.directory));
      if (!test || !place) return undefined;
      const at = toLsp.position(place.position);
      return { location: { uri: toUri(place.file), range: { start: at, end: at } }, message: `runs this and passes all the same: ${test.name}` };
    }),
  );
  return {
    range: toLsp.range(mutant.range),
    severity: SEVERITIES[severity],
    source: SOURCE,
    code: mutant.mutator,
    codeDescription: { href: toUri(shippedFile('docs', 'mutators', `${mutant.mutator}.md`)) },
    message: describe(mutant),
    relatedInformation: related.filter((one) => one !== undefined),
    data: { mutantId: mutant.id } satisfies DiagnosticData,
  };
}

/** A function that no test runs is one hint; of a function that tests run in part, each outermost stretch that they do not is. */
function uncovered(piece: ResolvedPiece): Diagnostic[] {
  const without = piece.mutants.filter(({ status }) => status === 'NoCoverage');
  if (without.length === 0) return [];
  const hint = (range: Diagnostic['range'], message: string): Diagnostic => ({
    range,
    severity: DiagnosticSeverity.Hint,
    source: SOURCE,
    code: 'NoCoverage',
    codeDescription: { href: toUri(shippedFile('docs', 'mutators', 'README.md')) },
    message,
  });
  const valid = piece.mutants.filter(({ status }) => status !== 'Ignored');
  if (piece.kind === 'function' && without.length === valid.length) {
    return [hint(toLsp.range(piece.range), `No test runs ${piece.name}.`)];
  }
  const outermost = without.filter(
    (one) => !without.some((other) => other !== one && containsRange(other.range, one.range) && !containsRange(one.range, other.range)),
  );
  const distinct = outermost.filter((one, i) => !outermost.slice(0, i).some((other) => containsRange(other.range, one.range)));
  return distinct.map(({ range }) => hint(toLsp.range(range), 'No test runs this code.'));
}
