import { countStatuses, describe, scores } from '../mutation/index.ts';
import { type ReportFile, type ReportInput, scoredMutants } from './model.ts';
import { heldBackText, suppressedText, survivorsOf } from './survivors.ts';

/** A summary for a pull request: the score with the facts behind it, a table of files, and the survivors of each that teach most. */
export function toMarkdown(input: ReportInput): string {
  const all = input.files.flatMap(scoredMutants);
  const { score, coveredScore } = scores(all);
  const counts = countStatuses(all);
  const lines = [
    `# Mutation score of ${input.packageName}: ${percent(score)}`,
    '',
    `${all.length} mutants: ${counts.Killed} killed, ${counts.Timeout} timed out, ${counts.Survived} survived, ${counts.NoCoverage} without coverage. Of covered code: ${percent(coveredScore)}.`,
  ];
  const suppressed = all.filter((mutant) => mutant.suppressed);
  if (suppressed.length > 0) lines.push('', `${suppressed.length} suppressed (${suppressedText(suppressed)}); they count in the score.`);
  lines.push(...scannedText(input), ...runText(input));
  lines.push('', '| File | Score | Survived | No coverage | Killed | Timeout |', '|---|---:|---:|---:|---:|---:|');
  for (const file of input.files) {
    const mutants = scoredMutants(file);
    const each = countStatuses(mutants);
    lines.push(`| ${file.path} | ${percent(scores(mutants).score)} | ${each.Survived} | ${each.NoCoverage} | ${each.Killed} | ${each.Timeout} |`);
  }
  for (const file of input.files) lines.push(...survivors(file));
  return `${lines.join('\n')}\n`;
}

/** How a run came to its results, as a paragraph. */
export function runText({ run }: ReportInput): string[] {
  if (!run) return [];
  const { testsRun, framework, executor, node, durationMs, startedAt, command, complete } = run;
  const text = `${testsRun} tests on ${framework}, judged by ${executor} on Node ${node} in ${(durationMs / 1000).toFixed(1)} s`;
  return ['', `${text}, ${new Date(startedAt).toISOString()}${complete ? '' : ', **not complete**'}. Again: \`${command}\``];
}

function scannedText({ files }: ReportInput): string[] {
  const count = files.flatMap(({ pieces }) => pieces).filter(({ scanned, stale }) => scanned && !stale).length;
  return count > 0 ? ['', `In no score, because only a quick scan judged them: ${count} ${count === 1 ? 'function' : 'functions'}.`] : [];
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
