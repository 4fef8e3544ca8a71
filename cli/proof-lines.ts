import { existsSync } from 'node:fs';
import path from 'node:path';
import { RUNG_NAMES } from '../engine/report/index.ts';
import { describeCoverage, type Problem, type Proof, type ProofEvent, type RanTest, shellLine } from '../engine/verification/index.ts';
import { relativePosix } from '../engine/workspace/index.ts';
import type { Painter } from './paint.ts';

/** How many lines of failing tests and errors are printed. */
const PRINTED = 20;

/** A proof as lines for people: what it came to, what is wrong where, and where its log lies. */
export function proofLines(
  { rung, verdict, summary, notes, durationMs, runs, problems, tests, coverage, id, directory }: Proof,
  paint: Painter,
): string[] {
  const mark = { holds: paint.green('✓'), fails: paint.red('✗'), inconclusive: '?' }[verdict];
  const commands = [...new Set(runs.map(({ command }) => shellLine(command, directory)))].join(', ');
  const errors = problems.filter(({ severity }) => severity === 'error').map((problem) => problemLine(problem, paint));
  const failures = (tests?.tests ?? []).filter(({ state }) => state === 'failed').flatMap((test) => testLines(test, paint));
  const broken = (tests?.broken ?? []).map(({ file, message }) => `    ${place(file)}${message.split('\n', 1)[0]}`);
  const details = [...errors, ...broken, ...failures];
  const log = path.join(directory, '.assay', 'evidence', id, 'output.log');
  const isKept = existsSync(log);
  return [
    `${mark} ${paint.bold(RUNG_NAMES[rung])}: ${summary} ${paint.dim(`(${[commands, `${(durationMs / 1000).toFixed(1)} s`].filter(Boolean).join(', ')})`)}`,
    ...details.slice(0, PRINTED),
    ...(details.length > PRINTED ? [`    … ${details.length - PRINTED} more lines${isKept ? ' in the log' : ''}`] : []),
    ...(coverage
      ? [`    ${describeCoverage(coverage.counts)} ${paint.dim(`of ${coverage.files.length} ${coverage.files.length === 1 ? 'file' : 'files'}`)}`]
      : []),
    ...notes.map((note) => `    ${note}`),
    ...(verdict === 'holds' ? [] : [paint.dim(isKept ? `    log: ${relativePosix(process.cwd(), log)}` : '    The log is not kept.')]),
  ];
}

/** A rung that there is nothing to prove of, as lines for people. */
export function nothingLines({ rung, failure }: Extract<ProofEvent, { kind: 'nothing' }>): string[] {
  return [`– ${RUNG_NAMES[rung]}: ${failure.message}`, `    ${failure.action}`];
}

function problemLine({ file, range, message, code }: Problem, paint: Painter): string {
  return `    ${place(file, range?.start)}${message.split('\n', 1)[0]}${code ? ` ${paint.dim(code)}` : ''}`;
}

function testLines({ title, file, position, failure }: RanTest, paint: Painter): string[] {
  const at = failure?.file ? place(failure.file, failure.position) : place(file, position);
  return [`    ${at}${paint.bold(title.join(' > '))}`, ...(failure ? [`        ${failure.message.split('\n', 1)[0]}`] : [])];
}

function place(file: string | undefined, position?: { line: number; column: number }): string {
  if (!file) return '';
  return `${relativePosix(process.cwd(), file)}${position ? `:${position.line + 1}:${position.column + 1}` : ''} `;
}
