import { describe, type Removal, removals } from '../mutation/index.ts';
import { runText } from './markdown.ts';
import type { ReportFile, ReportInput } from './model.ts';

/** A summary of a quick scan for a pull request: the numbers, and the functions that no test would miss or that none runs, the worst first. */
export function toExtremeMarkdown(input: ReportInput): string {
  const { pseudoTested, notRun, suppressed, missed, judged } = removals(input.files);
  const lines = [
    `# ${input.packageName}: ${pseudoTested.length} of ${judged} functions pseudo-tested`,
    '',
    `Tests run them, and none notices when their body is removed. ${missed} would be missed, ${notRun.length} not run, ${suppressed.length} suppressed.`,
    ...runText(input),
    ...list('Tests run these functions, and none would miss them', pseudoTested),
    ...list('No test runs these functions', notRun),
  ];
  return `${lines.join('\n')}\n`;
}

function list(title: string, found: readonly Removal<ReportFile>[]): string[] {
  if (found.length === 0) return [];
  return ['', `## ${title}`, '', ...found.map(({ file, mutant }) => `- ${file.path}:${mutant.removes.at.start.line + 1}: ${describe(mutant)}`)];
}
