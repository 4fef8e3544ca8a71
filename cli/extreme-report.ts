import { type Removal, removals } from '../engine/mutation/index.ts';
import { mergeReports, type ReportFile, type ReportInput, suppressedText } from '../engine/report/index.ts';
import { coveringTests } from './covering-tests.ts';
import { type Painter, painterFor } from './paint.ts';
import { runLines } from './report.ts';

/**
 * Prints what a quick scan found for a person to read in a terminal: the functions that no test would miss, those that no test runs, and the numbers.
 *
 * @param all whether those are printed too that are not worth a test
 */
export function printExtremeReport(inputs: readonly ReportInput[], cwd: string, all: boolean, stream: NodeJS.WriteStream): void {
  const paint = painterFor(stream);
  const merged = mergeReports(inputs, cwd);
  const { pseudoTested, notRun, suppressed, missed, judged, notJudged } = removals(merged.files);
  const ran = (one: Removal<ReportFile>) => `    ${coveringTests(one.mutant.coveredBy, merged)}`;
  if (pseudoTested.length > 0) stream.write(list('Tests run these functions, and none would miss them:', pseudoTested, ran, paint));
  if (notRun.length > 0) stream.write(list('No test runs these functions:', notRun, undefined, paint));
  if (all && suppressed.length > 0) stream.write(list('Not worth a test:', suppressed, ({ mutant }) => `    ${mutant.suppressed?.reason}`, paint));
  const rest = [
    `${missed} would be missed`,
    `${notRun.length} not run`,
    ...(suppressed.length > 0 ? [`${suppressed.length} suppressed (${suppressedText(suppressed.map(({ mutant }) => mutant))})`] : []),
    ...(notJudged > 0 ? [`${notJudged} not judged`] : []),
  ];
  stream.write(
    `${paint.bold(`${pseudoTested.length} of ${judged} functions pseudo-tested`)}: tests run them, and none notices when their body is removed\n`,
  );
  stream.write(`${rest.join(', ')}\n`);
  stream.write(paint.dim(runLines(inputs)));
}

function list(
  title: string,
  found: readonly Removal<ReportFile>[],
  below: ((one: Removal<ReportFile>) => string) | undefined,
  paint: Painter,
): string {
  const lines = found.flatMap((one) => {
    const { start } = one.mutant.removes.at;
    const place = `${one.file.path}:${start.line + 1}:${start.column + 1}`;
    return [`${paint.bold(place)}  ${one.mutant.removes.title}`, ...(below ? [paint.dim(below(one))] : [])];
  });
  return `${title}\n\n${lines.join('\n')}\n\n`;
}
