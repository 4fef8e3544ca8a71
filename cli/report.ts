import { countStatuses, describe, scores } from '../engine/mutation/index.ts';
import { freshMutants, heldBackText, mergeReports, type ReportFile, type ReportInput, suppressedText, survivorsOf } from '../engine/report/index.ts';
import { coveringTests } from './covering-tests.ts';
import { type Painter, painterFor } from './paint.ts';

/**
 * Prints results for a person to read in a terminal: survivors with their changes and who ran them, then the files, then the score with its seeds.
 *
 * @param all whether each survivor is printed, or those of each file that teach most
 */
export function printReport(inputs: readonly ReportInput[], cwd: string, all: boolean, stream: NodeJS.WriteStream): void {
  const paint = painterFor(stream);
  const merged = mergeReports(inputs, cwd);
  for (const file of merged.files) stream.write(survivors(file, merged, all, paint));
  const complete = inputs.every(({ run }) => run?.complete !== false);
  stream.write(table(merged.files, complete, paint));
  const mutants = merged.files.flatMap(freshMutants);
  const counts = countStatuses(mutants);
  const { score, coveredScore } = scores(mutants);
  const suppressed = mutants.filter((mutant) => mutant.suppressed);
  const parts = [
    `${counts.Killed} killed`,
    `${counts.Timeout} timed out`,
    `${counts.Survived} survived`,
    `${counts.NoCoverage} without coverage`,
    ...(counts.RuntimeError + counts.CompileError > 0 ? [`${counts.RuntimeError + counts.CompileError} could not run`] : []),
    ...(counts.Ignored > 0 ? [`${counts.Ignored} ignored`] : []),
  ];
  const headline = complete
    ? `${paint.bold(`Mutation score ${percent(score)}`)} (of covered code ${percent(coveredScore)})`
    : `${paint.bold('Not complete')}: what survives is known last, so that there is no score yet`;
  stream.write(`\n${headline}\n${mutants.length} mutants: ${parts.join(', ')}\n`);
  if (suppressed.length > 0) stream.write(`${suppressed.length} of them suppressed (${suppressedText(suppressed)}); they count in the score\n`);
  stream.write(paint.dim(runLines(inputs)));
}

/** How the results of each package came to be, a line each. */
export function runLines(inputs: readonly ReportInput[]): string {
  return inputs
    .flatMap(({ packageName, run }) => {
      if (!run) return [];
      const { testsRun, framework, executor, node, durationMs } = run;
      const name = inputs.length > 1 ? `${packageName}: ` : '';
      return [`${name}${testsRun} tests on ${framework}, judged by ${executor} on Node ${node} in ${(durationMs / 1000).toFixed(1)} s\n`];
    })
    .join('');
}

function survivors(file: ReportFile, input: ReportInput, all: boolean, paint: Painter): string {
  const lines = file.text.split(/\r\n|\n/);
  const found = survivorsOf(file);
  const rest = all ? undefined : heldBackText(found);
  let text = '';
  for (const mutant of all ? freshMutants(file).filter(({ status }) => status === 'Survived') : found.best) {
    const { start, end } = mutant.range;
    text += `${paint.bold(`${file.path}:${start.line + 1}:${start.column + 1}`)}  ${describe(mutant)} ${paint.dim(mutant.mutator)}\n`;
    const before = lines.slice(start.line, end.line + 1);
    const after = `${(lines[start.line] ?? '').slice(0, start.column)}${mutant.replacement}${(lines[end.line] ?? '').slice(end.column)}`;
    text += diff(before, after.split('\n'), paint);
    text += `${paint.dim(`    ${coveringTests(mutant.coveredBy, input)}`)}\n`;
    if (mutant.reason !== undefined) text += `${paint.dim(`    ${mutant.reason}`)}\n`;
    if (mutant.suppressed) text += `${paint.dim(`    suppressed: ${mutant.suppressed.reason}`)}\n`;
    text += '\n';
  }
  return rest === undefined ? text : `${text}${paint.dim(`${file.path}: ${rest}; --all lists them`)}\n\n`;
}

function diff(before: string[], after: string[], paint: Painter): string {
  const show = (sign: string, lines: string[]) =>
    (lines.length > 4 ? [lines[0], '…', lines.at(-1)] : lines).map((line) => `    ${sign} ${line?.trim()}\n`);
  return [...show('-', before).map(paint.red), ...show('+', after).map(paint.green)].join('');
}

function table(files: readonly ReportFile[], complete: boolean, paint: Painter): string {
  const rows = files.map((file) => {
    const mutants = freshMutants(file);
    const counts = countStatuses(mutants);
    return [
      file.path,
      complete ? percent(scores(mutants).score) : 'not complete',
      `${counts.Survived} survived`,
      `${counts.NoCoverage} without coverage`,
      `of ${mutants.length}`,
    ];
  });
  const widths = [0, 1, 2, 3, 4].map((column) => Math.max(...rows.map((row) => row[column]?.length ?? 0)));
  return rows
    .map((row) => `${row.map((cell, i) => (i === 0 ? paint.bold(cell.padEnd(widths[i] ?? 0)) : cell.padStart(widths[i] ?? 0))).join('   ')}\n`)
    .join('');
}

function percent(score: number | null): string {
  return score === null ? 'none' : `${score.toFixed(1)} %`;
}
