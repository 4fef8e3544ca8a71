import { type Diagnostic, type DiagnosticRelatedInformation, DiagnosticSeverity } from 'vscode-languageserver';
import { shippedFile } from '../engine/installation/index.ts';
import { containsRange } from '../engine/model/index.ts';
import { describe, type ResolvedMutant, type ResolvedPiece, type TestLocator } from '../engine/mutation/index.ts';
import { toLsp, toUri } from './convert.ts';
import type { Settings } from './protocol.ts';
import type { JudgedFile } from './workspace.ts';

type Locate = ReturnType<TestLocator['inOneLook']>;

/** What a diagnostic carries for the actions on it. */
export interface DiagnosticData {
  mutantId: string;
}

/** The source of all our diagnostics. */
export const SOURCE = 'Assay';
/** How many covering tests are named with a survivor, by their places. */
const NAMED_TESTS = 5;

const SEVERITIES: Record<Settings['severity'], DiagnosticSeverity> = {
  error: DiagnosticSeverity.Error,
  warning: DiagnosticSeverity.Warning,
  information: DiagnosticSeverity.Information,
  hint: DiagnosticSeverity.Hint,
};

/** The shown survivors of a file, each with the tests that ran it, and a hint for each stretch of code that no test runs. Stale results say nothing. */
export async function diagnose(judged: JudgedFile, severity: Settings['severity'], locator: TestLocator): Promise<Diagnostic[]> {
  const locate = locator.inOneLook(judged.book.directory);
  const fresh = judged.pieces.filter(({ stale }) => !stale);
  const survivors = fresh.flatMap(({ mutants }) => mutants.filter(({ status, id }) => status === 'Survived' && judged.shown.has(id)));
  return [
    ...(await Promise.all(survivors.map((mutant) => survivor(mutant, judged, severity, locate)))),
    ...fresh.flatMap((piece) => uncovered(piece, judged.shown)),
  ];
}

async function survivor(mutant: ResolvedMutant, judged: JudgedFile, severity: Settings['severity'], locate: Locate): Promise<Diagnostic> {
  const related = await coveringTests(mutant, judged, locate);
  return {
    range: toLsp.range(mutant.removes?.at ?? mutant.range),
    severity: SEVERITIES[severity],
    source: SOURCE,
    code: mutant.mutator,
    codeDescription: { href: toUri(shippedFile('docs', 'mutators', `${mutant.mutator}.md`)) },
    message: `${describe(mutant)}${mutant.provisional ? ' Not confirmed yet.' : ''}${mutant.suppressed ? ` (Suppressed: ${mutant.suppressed.reason}.)` : ''}`,
    relatedInformation: related,
    data: { mutantId: mutant.id } satisfies DiagnosticData,
  };
}

/** The tests that run a mutant, one entry a place: the rows of an `each` stand in one. */
async function coveringTests(mutant: ResolvedMutant, judged: JudgedFile, locate: Locate): Promise<DiagnosticRelatedInformation[]> {
  const tests = judged.book.tests();
  const places = new Map<string, { location: DiagnosticRelatedInformation['location']; names: string[] }>();
  for (const id of mutant.coveredBy) {
    const test = tests.get(id);
    const place = test && (await locate(test));
    if (!test || !place) continue;
    const at = toLsp.position(place.position);
    const key = `${place.file}:${at.line}:${at.character}`;
    const known = places.get(key);
    if (known) known.names.push(test.name);
    else if (places.size < NAMED_TESTS) places.set(key, { location: { uri: toUri(place.file), range: { start: at, end: at } }, names: [test.name] });
  }
  return [...places.values()].map(({ location, names }) => ({
    location,
    message: `runs this: ${names[0]}${names.length > 1 ? ` (and ${names.length - 1} more of this test)` : ''}`,
  }));
}

/** A function that no test runs is one hint; of a function that tests run in part, each outermost stretch that they do not is. */
function uncovered(piece: ResolvedPiece, shown: ReadonlySet<string>): Diagnostic[] {
  const without = piece.mutants.filter(({ status, id }) => status === 'NoCoverage' && shown.has(id));
  if (without.length === 0) return [];
  const hint = (range: Diagnostic['range'], message: string): Diagnostic => ({
    range,
    severity: DiagnosticSeverity.Hint,
    source: SOURCE,
    code: 'NoCoverage',
    codeDescription: { href: toUri(shippedFile('docs', 'mutators', 'README.md')) },
    message,
  });
  const isWhole = piece.mutants.every(({ status }) => status === 'NoCoverage' || status === 'Ignored');
  if (piece.kind === 'function' && isWhole) {
    return [hint(toLsp.range(piece.range), `No test runs ${piece.name}.`)];
  }
  const outermost = without.filter(
    (one) => !without.some((other) => other !== one && containsRange(other.range, one.range) && !containsRange(one.range, other.range)),
  );
  const distinct = outermost.filter((one, i) => !outermost.slice(0, i).some((other) => containsRange(other.range, one.range)));
  return distinct.map(({ range }) => hint(toLsp.range(range), 'No test runs this code.'));
}
