import { writeFile } from 'node:fs/promises';
import path from 'node:path';
import { type AuditedFile, auditFiles, BANDS, configFailures, isTold, type PlacedFinding, summarize, titlesOf } from '../engine/audit/index.ts';
import type { GapMatrix } from '../engine/gaps/index.ts';
import { findTestFiles, kindOf, relativePosix } from '../engine/workspace/index.ts';
import { AUDIT_HELP, type AuditOptions, parseAuditOptions } from './audit-options.ts';
import { CountLine } from './count-line.ts';
import { EXIT } from './exit.ts';
import { interruptible } from './interruptible.ts';
import { painterFor } from './paint.ts';
import type { ProvenAudit } from './prove.ts';
import { version } from './version.ts';

/** `assay audit`: tells how much each test checks. Answers the exit status. */
export async function auditCommand(args: string[]): Promise<number> {
  const parsed = parseAuditOptions(args);
  if ('error' in parsed) {
    process.stderr.write(`assay audit: ${parsed.error}\n\n${AUDIT_HELP}`);
    return EXIT.cannotRun;
  }
  if (parsed.options.help) {
    process.stdout.write(AUDIT_HELP);
    return EXIT.done;
  }
  return interruptible((signal) => run(parsed.options, signal));
}

async function run(options: AuditOptions, signal: AbortSignal): Promise<number> {
  const targets: string[] = [];
  const files: string[] = [];
  for (const given of options.paths.length > 0 ? options.paths : ['.']) {
    const target = path.resolve(given);
    const kind = await kindOf(target);
    if (kind === undefined) {
      process.stderr.write(`assay audit: there is no "${given}".\n  Name files or directories that exist.\n`);
      return EXIT.cannotRun;
    }
    targets.push(target);
    files.push(...(kind === 'file' ? [target] : await findTestFiles(target)));
  }
  const wrong = await configFailures(files);
  for (const { message, action } of wrong) process.stderr.write(`${message}\n  ${action}\n`);
  if (wrong.length > 0) return EXIT.cannotRun;
  const line = new CountLine(process.stderr);
  const all = await auditFiles([...new Set(files)], {
    signal,
    report: ({ done }) => {
      if (process.stderr.isTTY) line.show(`${done} of ${files.length} files`, done, files.length);
    },
  });
  line.clear();
  if (signal.aborted) {
    process.stderr.write('Cancelled.\n');
    return EXIT.cancelled;
  }
  for (const { file, audit, defect } of all) {
    if (audit) continue;
    const why = defect
      ? `Assay has a defect, please report it: ${defect}`
      : 'it cannot be read, is too large, or is not JavaScript, TypeScript, Python, Go or Rust';
    process.stderr.write(`${relativePosix(process.cwd(), file)} was not looked at: ${why}.\n`);
  }
  // What is seldom asked for takes longer to load than all the rest.
  const proving = options.prove ? await import('./prove.ts') : undefined;
  const proven = await proving?.proveAudited(targets, all, options, signal);
  if (signal.aborted) {
    process.stderr.write('Cancelled.\n');
    return EXIT.cancelled;
  }
  tellProblems(proven);
  const audited = (proven?.audited ?? all).filter(({ audit }) => audit && (audit.tests.length > 0 || audit.findings.length > 0));
  const summary = summarize(audited.flatMap(({ audit }) => audit ?? []));
  if (summary.tests === 0 && !options.gaps) {
    process.stderr.write('No tests were found.\n  Name the files or the directory that they are in.\n');
    return EXIT.cannotRun;
  }
  const gaps = options.gaps ? await findMatrices(targets, all, signal) : undefined;
  if (typeof gaps === 'number') return gaps;
  for (const { format, file } of options.outputs) {
    const { renderAudit } = await import('../engine/report/index.ts');
    const text = renderAudit(format, {
      directory: process.cwd(),
      version: version(),
      files: audited,
      ...(proven && { falsePositives: proven.falsePositives, defects: proven.defects }),
      ...(gaps && { gaps }),
    });
    if (file === '-') process.stdout.write(text);
    else await writeFile(file, text);
  }
  if (!options.outputs.some(({ file }) => file === '-')) {
    print(options, audited, summary);
    const paint = painterFor(process.stdout);
    if (proving && proven) {
      const { falsePositiveLines, defectLines } = proving;
      const lines = [...falsePositiveLines(proven.falsePositives, process.cwd(), paint), ...defectLines(proven.defects, process.cwd(), paint)];
      process.stdout.write(`\n${lines.join('\n')}\n`);
    }
    for (const matrix of gaps ?? []) {
      const { gapLines } = await import('./gaps.ts');
      process.stdout.write(`\n${gapLines(matrix, process.cwd(), paint).join('\n')}\n`);
    }
  }
  if (proven && proven.failures.length > 0) return EXIT.cannotRun;
  if (options.breakBelow === undefined || summary.strength === null || summary.strength >= options.breakBelow) return EXIT.done;
  process.stderr.write(`The mean strength ${summary.strength.toFixed(1)} is below ${options.breakBelow}.\n`);
  return EXIT.belowThreshold;
}

/** Says which tests did not run, and why. */
function tellProblems(proven: ProvenAudit | undefined): void {
  for (const { message, action } of proven?.failures ?? []) process.stderr.write(`${message}\n  ${action}\n`);
  for (const [file, problem] of proven?.problems ?? [])
    process.stderr.write(`${relativePosix(process.cwd(), file)} could not be proved: ${problem}.\n`);
}

/** The matrices of the packages that some paths belong to; an exit status where there is none of some. */
async function findMatrices(targets: readonly string[], audited: readonly AuditedFile[], signal: AbortSignal): Promise<GapMatrix[] | number> {
  const { gapsOf } = await import('./gaps.ts');
  const line = new CountLine(process.stderr);
  const { matrices, failures } = await gapsOf(targets, audited, signal, ({ step, done, of }) => {
    if (process.stderr.isTTY) line.show(step, done, of);
  });
  line.clear();
  if (signal.aborted) {
    process.stderr.write('Cancelled.\n');
    return EXIT.cancelled;
  }
  for (const { message, action } of failures) process.stderr.write(`${message}\n  ${action}\n`);
  return failures.length > 0 ? EXIT.cannotRun : matrices;
}

function print(options: AuditOptions, audited: readonly AuditedFile[], summary: ReturnType<typeof summarize>): void {
  const paint = painterFor(process.stdout);
  const lines: string[] = [];
  const at = ({ range: { start }, rule, message, severity }: PlacedFinding) =>
    `  ${start.line + 1}:${start.column + 1} ${severity === 'hint' ? paint.dim(`hint ${rule}`) : paint.bold(rule)} ${message}`;
  for (const { file, audit } of audited) {
    const findings = (audit?.findings ?? []).filter((one) => options.hints || isTold(one));
    if (!audit || (findings.length === 0 && !options.tests)) continue;
    lines.push(paint.bold(relativePosix(process.cwd(), file)));
    if (options.tests) {
      for (const test of audit.tests) {
        const strength = test.state === 'skipped' ? ' –' : String(test.strength).padStart(3);
        lines.push(
          `  ${test.range.start.line + 1}: ${strength} ${test.state === 'skipped' ? 'not run' : test.band} ${paint.dim(test.title.join(' > '))}`,
        );
      }
    }
    lines.push(...findings.map(at), '');
  }
  const bands = BANDS.map(({ name }) => `${summary.bands[name]} ${name}`).join(', ');
  const skipped = summary.skipped > 0 ? `, ${summary.skipped} not run` : '';
  lines.push(`${summary.tests} tests in ${summary.files} files: ${bands}${skipped}. Mean strength ${summary.strength?.toFixed(1) ?? 'unknown'}.`);
  const findings = Object.entries(summary.findings).sort(([, a], [, b]) => b - a);
  const titles = titlesOf(audited.flatMap(({ audit }) => audit ?? []));
  for (const [rule, count] of findings) lines.push(`  ${String(count).padStart(5)} ${rule}: ${lowered(titles[rule] ?? rule)}`);
  if (summary.hints > 0)
    lines.push(`${summary.hints} ${summary.hints === 1 ? 'hint' : 'hints'} besides${options.hints ? '' : ': --hints shows them'}.`);
  process.stdout.write(`${lines.join('\n')}\n`);
}

/** A title as it stands behind a colon. */
function lowered(title: string): string {
  return title.charAt(0).toLowerCase() + title.slice(1);
}
