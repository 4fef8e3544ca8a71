export { type AuditFormat, type AuditReportInput, renderAudit } from './audit.ts';
export { gapNumbers } from './gaps.ts';
export { type ProofsFormat, RUNG_NAMES, renderProofs } from './proofs.ts';

import { toExtremeMarkdown } from './extreme-markdown.ts';
import { toHtml } from './html.ts';
import { toMarkdown } from './markdown.ts';
import type { ReportInput } from './model.ts';
import { toSarif } from './sarif.ts';
import { toSchema } from './schema.ts';

export { mergeReports } from './merge.ts';
export { freshMutants, type ReportFile, type ReportInput } from './model.ts';
export { heldBackText, suppressedText, survivorsOf } from './survivors.ts';

/** The formats that results can be written in. */
export type ReportFormat = 'json' | 'html' | 'sarif' | 'markdown';

/** Results as a text in one of the formats. */
export async function render(format: ReportFormat, input: ReportInput): Promise<string> {
  switch (format) {
    case 'json':
      return `${JSON.stringify(toSchema(input), null, 2)}\n`;
    case 'html':
      return toHtml(input);
    case 'sarif':
      return `${JSON.stringify(toSarif(input), null, 2)}\n`;
    case 'markdown':
      return input.extreme ? toExtremeMarkdown(input) : toMarkdown(input);
  }
}
