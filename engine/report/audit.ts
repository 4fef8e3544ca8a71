import { type AuditedFile, BANDS, isTold, RULES, summarize, titlesOf } from '../audit/index.ts';
import type { GapMatrix } from '../gaps/index.ts';
import type { DefectOutcome, FalsePositive } from '../witness/index.ts';
import { relativePosix } from '../workspace/index.ts';
import { GAP_RULES, gapsJson, gapsMarkdown, gapsSarif } from './gaps.ts';
import { sarifLog, sarifPlace } from './sarif-log.ts';

/** What a report of an audit is made from. */
export interface AuditReportInput {
  /** Absolute; paths are told from it. */
  directory: string;
  version: string;
  files: readonly AuditedFile[];
  /** Tests that pass whatever the code does, where the tests were run. */
  falsePositives?: readonly FalsePositive[];
  /** What came of the defects that the project describes. */
  defects?: readonly DefectOutcome[];
  /** How well critical paths are tested, where that was asked for. */
  gaps?: readonly GapMatrix[];
}

/** The formats that an audit can be written in. */
export type AuditFormat = 'json' | 'sarif' | 'markdown';

/** An audit as a text in one of the formats. */
export function renderAudit(format: AuditFormat, input: AuditReportInput): string {
  if (format === 'markdown') return markdown(input);
  return `${JSON.stringify(format === 'json' ? json(input) : sarif(input), null, 2)}\n`;
}

const audits = ({ files }: AuditReportInput) => files.flatMap(({ audit }) => audit ?? []);

/** All tests and findings, with 0-based lines and columns; docs/audit.schema.json describes it. */
function json(input: AuditReportInput): object {
  return {
    version: input.version,
    summary: summarize(audits(input)),
    files: input.files.map(({ file, audit }) => ({
      path: relativePosix(input.directory, file),
      tests: audit?.tests ?? [],
      findings: audit?.findings ?? [],
    })),
    ...(input.falsePositives && {
      falsePositives: input.falsePositives.map(({ file, test, place, priority, sentence, breakages, functions }) => ({
        path: relativePosix(input.directory, file),
        title: test.title,
        range: place,
        priority,
        sentence,
        breakages,
        functions,
      })),
    }),
    ...(input.defects && { defects: input.defects.map((one) => ({ ...one, file: relativePosix(input.directory, one.file) })) }),
    ...(input.gaps && { gaps: input.gaps.map((matrix) => gapsJson(matrix, input.directory)) }),
  };
}

const LEVELS = { error: 'error', warning: 'warning', information: 'note', hint: 'note' } as const;

function sarif(input: AuditReportInput): object {
  const results = input.files.flatMap(({ file, audit }) =>
    (audit?.findings ?? []).map(({ rule, severity, message, range }) => ({
      ruleId: rule,
      level: LEVELS[severity],
      message: { text: message },
      locations: [{ physicalLocation: sarifPlace(relativePosix(input.directory, file), range) }],
    })),
  );
  const titles = { ...Object.fromEntries(Object.entries(RULES).map(([id, { title }]) => [id, title])), ...titlesOf(audits(input)) };
  const rules = Object.entries(titles).map(([id, title]) => ({ id, shortDescription: { text: title } }));
  if (!input.gaps) return sarifLog(input, rules, results);
  return sarifLog(input, [...rules, ...GAP_RULES], [...results, ...input.gaps.flatMap((matrix) => gapsSarif(matrix, input.directory))]);
}

function markdown(input: AuditReportInput): string {
  const summary = summarize(audits(input));
  const rows = BANDS.map(({ name }) => `| ${name} | ${summary.bands[name]} |`);
  const titles = titlesOf(audits(input));
  const found = Object.entries(summary.findings)
    .sort(([, a], [, b]) => b - a)
    .map(([rule, count]) => `| ${rule} | ${titles[rule]?.replaceAll('|', '\\|')} | ${count} |`);
  const weakest = input.files
    .flatMap(({ file, audit }) => (audit?.tests ?? []).filter(({ state }) => state !== 'skipped').map((test) => ({ ...test, file })))
    .sort((a, b) => a.strength - b.strength)
    .slice(0, 20)
    .map(
      ({ file, title, strength, range }) =>
        `| ${strength} | ${relativePosix(input.directory, file)}:${range.start.line + 1} | ${title.join(' > ').replaceAll('|', '\\|').replace(/\s+/g, ' ')} |`,
    );
  return [
    '# Test audit',
    '',
    `${summary.tests} tests in ${summary.files} files${summary.skipped > 0 ? `, ${summary.skipped} of them not run` : ''}. Mean strength ${summary.strength?.toFixed(1) ?? 'unknown'} of 100.`,
    '',
    '| Strength | Tests |',
    '| --- | ---: |',
    ...rows,
    '',
    ...(found.length > 0 ? ['| Finding | | Count |', '| --- | --- | ---: |', ...found, ''] : []),
    '| Weakest | Where | Test |',
    '| ---: | --- | --- |',
    ...weakest,
    '',
    ...hints(input),
    ...inventory(input),
    ...(input.gaps ?? []).flatMap((matrix) => gapsMarkdown(matrix, input.directory)),
  ].join('\n');
}

/** What is only hinted at, each with its place. */
function hints({ files, directory }: AuditReportInput): string[] {
  const found = files.flatMap(({ file, audit }) =>
    (audit?.findings ?? [])
      .filter((one) => !isTold(one))
      .map(
        ({ rule, message, range }) => `| ${rule} | ${relativePosix(directory, file)}:${range.start.line + 1} | ${message.replaceAll('|', '\\|')} |`,
      ),
  );
  if (found.length === 0) return [];
  return [
    '## Hints',
    '',
    'These are right less often, or meant more often, and count nowhere.',
    '',
    '| Rule | Where | |',
    '| --- | --- | --- |',
    ...found,
    '',
  ];
}

function inventory({ falsePositives, directory }: AuditReportInput): string[] {
  if (!falsePositives) return [];
  const cell = (text: string) => text.replaceAll('|', '\\|').replace(/\s+/g, ' ');
  return [
    '## Tests that pass whatever the code does',
    '',
    ...(falsePositives.length === 0 ? ['None.'] : ['| Priority | Where | Test | Why |', '| --- | --- | --- | --- |']),
    ...falsePositives.map(({ file, test, place, priority, sentence, breakages }) => {
      const where = `${relativePosix(directory, file)}:${place.start.line + 1}`;
      return `| ${priority} | ${where} | ${cell(test.title.join(' > '))} | It passed with each of ${breakages} changes to what it runs. ${cell(sentence)} |`;
    }),
    '',
  ];
}
