import { countStatuses, describe, scores } from '../mutation/index.ts';
import { freshMutants, type ReportFile, type ReportInput } from './model.ts';
import { heldBackText, suppressedText, survivorsOf } from './survivors.ts';

/** A summary for a pull request: the score with the facts behind it, a table of files, and the survivors of each that teach most. */
export function toMarkdown(input: ReportInput): string {
  const all = input.files.flatMap(freshMutants);
  const { score, coveredScore } = scores(all);
  const counts = countStatuses(all);
  const lines = [
    `# Mutation score of ${input.packageName}: ${percent(score)}`,
    '',
    `${all.length} mutants: ${counts.Killed} killed, ${counts.Timeout} timed out, ${counts.Survived} survived, ${counts.NoCoverage} without coverage. Of covered code: ${percent(coveredScore)}.`,
  ];
  const suppressed = all.filter((mutant) => mutant.suppressed);
  if (suppressed.length > 0) lines.push('', `${suppressed.length} suppressed (${suppressedText(suppressed)}); they count in the score.`);
  if (input.run) {
    const { testsRun, framework, executor, node, durationMs, startedAt, command, complete } = input.run;
    lines.push(
      '',
      `${testsRun} tests on ${framework}, judged by ${executor} on Node ${node} in ${(durationMs / 1000).toFixed(1)} s, ${new Date(startedAt).toISOString()}${complete ? '' : ', **not complete**'}. Again: \`${command}\``,
    );
  }
  lines.push('', '| File | Score | Survived | No coverage | Killed | Timeout |', '|---|---:|---:|---:|---:|---:|');
  for (const file of input.files) {
    const mutants = freshMutants(file);
    const each = countStatuses(mutants);
    lines.push(`| ${file.path} | ${percent(scores(mutants).score)} | ${each.Survived} | ${each.NoCoverage} | ${each.Killed} | ${each.Timeout} |`);
  }
  for (const file of input.files) lines.push(...survivors(file));
  return `${lines.join('\n')}\n`;
}

function survivors(file: ReportFile): string[] {
  const found = survivorsOf(file);
  const rest = heldBackText(found);
  if (found.best.length === 0 && rest === undefined) return [];
  const lines = found.best.map((mutant) => `- ${file.path}:${mutant.range.start.line + 1}: ${describe(mutant)} (${mutant.mutator})`);
  return ['', `## ${file.path}`, '', ...lines, ...(rest === undefined ? [] : [`- … and ${rest}`])];
}

function percent(score: number | null): string {
  return score === null ? 'no mutants' : `${score.toFixed(1)} %`;
}
