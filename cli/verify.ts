import { writeFile } from 'node:fs/promises';
import path from 'node:path';
import { detect, type Project } from '../engine/detection/index.ts';
import { RUNG_NAMES, renderProofs } from '../engine/report/index.ts';
import {
  type Alternative,
  describeCounts,
  type Problem,
  type Proof,
  type ProofEvent,
  type RanTest,
  type RungOutcome,
  rungsUpTo,
  shellLine,
  type VerifyOutcome,
  verify,
} from '../engine/verification/index.ts';
import { kindOf, relativePosix, removeAbandonedRunFolders } from '../engine/workspace/index.ts';
import { EXIT } from './exit.ts';
import { type Painter, painterFor } from './paint.ts';
import { StatusLine } from './progress.ts';
import { parseVerifyOptions, VERIFY_HELP, type VerifyOptions } from './verify-options.ts';

/** How many failing tests and errors are printed. */
const PRINTED = 20;
/** The share of requests that may fail under load: below one in a hundred. */
const ERROR_RATE = 0.01;
/** How long load is put on at each level, at the one that was found, and before all, seconds. */
const LOAD_SECONDS = { level: 3, hold: 10, warmUp: 3 };
/** How long evidence is kept, until a setting says otherwise. */
const KEEPING = { days: 30, bytes: 200e6 };

/** `assay verify`: climbs the ladder of each project in a directory. Answers the exit status. */
export async function verifyCommand(args: string[]): Promise<number> {
  const parsed = parseVerifyOptions(args);
  if ('error' in parsed) {
    process.stderr.write(`assay verify: ${parsed.error}\n\n${VERIFY_HELP}`);
    return EXIT.cannotRun;
  }
  if (parsed.options.help) {
    process.stdout.write(VERIFY_HELP);
    return EXIT.done;
  }
  const cancel = new AbortController();
  const interrupt = () => cancel.abort();
  process.on('SIGINT', interrupt).on('SIGTERM', interrupt);
  try {
    return await run(parsed.options, cancel.signal);
  } finally {
    process.off('SIGINT', interrupt).off('SIGTERM', interrupt);
  }
}

async function run(options: VerifyOptions, signal: AbortSignal): Promise<number> {
  await removeAbandonedRunFolders();
  const directory = path.resolve(options.directory);
  if ((await kindOf(directory)) !== 'directory') {
    process.stderr.write(`assay verify: there is no directory "${options.directory}".\n`);
    return EXIT.cannotRun;
  }
  const { projects } = await detect(directory, signal);
  if (projects.length === 0 && !signal.aborted) {
    process.stderr.write(`No project was found in ${directory}.\n  Stand where a package.json, pyproject.toml, go.mod or Cargo.toml is.\n`);
    return EXIT.cannotRun;
  }
  const outcomes: VerifyOutcome[] = [];
  for (const project of projects) {
    if (signal.aborted) break;
    outcomes.push(await verifyProject(project, options, signal));
  }
  for (const { format, file } of options.outputs) {
    const text = renderProofs(format, outcomes, process.cwd());
    if (file === '-') process.stdout.write(text);
    else await writeFile(file, text);
  }
  if (signal.aborted) {
    process.stderr.write('Cancelled. What was proved so far is kept.\n');
    return EXIT.cancelled;
  }
  return statusOf(outcomes.flatMap(({ rungs }) => rungs));
}

async function verifyProject(project: Project, options: VerifyOptions, signal: AbortSignal): Promise<VerifyOutcome> {
  const out = options.outputs.some(({ file }) => file === '-') ? process.stderr : process.stdout;
  const paint = painterFor(out);
  out.write(`${paint.bold(project.name)} ${paint.dim(relativePosix(process.cwd(), project.directory) || '.')}\n`);
  const line = new StatusLine(process.stderr);
  const outcome = await verify(
    {
      project,
      rungs: options.only ? [options.level] : rungsUpTo(options.level),
      commands: {},
      options: { time: options.timeLimitMinutes * 60_000, memory: options.memoryMiB * 1024 ** 2, environment: options.env, offline: options.offline },
      load: {
        ...(options.endpoint !== undefined && { endpoint: options.endpoint }),
        hosts: [],
        health: { p95: options.p95, errorRate: ERROR_RATE },
        most: options.maxUsers,
        seconds: LOAD_SECONDS,
      },
      keeping: KEEPING,
      node: { setting: options.node, own: { path: process.execPath, version: process.versions.node } },
    },
    {
      signal,
      report(event) {
        line.show(progressText(event));
        if (event.kind !== 'proof') return;
        line.clear();
        out.write(`${proofLines(event.proof, paint).join('\n')}\n`);
      },
    },
  );
  line.clear();
  for (const one of outcome.rungs) if ('failure' in one) out.write(`– ${RUNG_NAMES[one.rung]}: ${one.failure.message}\n    ${one.failure.action}\n`);
  for (const one of outcome.alternatives) out.write(`${alternativeText(one)}\n`);
  for (const { message, action } of outcome.notices) process.stderr.write(`${message} ${action}\n`);
  return outcome;
}

function progressText(event: ProofEvent): string {
  switch (event.kind) {
    case 'begun':
      return event.command;
    case 'output':
      return event.line.trim();
    case 'counts':
      return describeCounts(event.counts);
    case 'proof':
      return '';
  }
}

function proofLines({ rung, verdict, summary, notes, durationMs, runs, problems, tests, id, directory }: Proof, paint: Painter): string[] {
  const mark = { holds: paint.green('✓'), fails: paint.red('✗'), inconclusive: '?' }[verdict];
  const commands = runs.map(({ command }) => shellLine(command, directory)).join(', ');
  const errors = problems.filter(({ severity }) => severity === 'error').map((problem) => problemLine(problem, paint));
  const failures = (tests?.tests ?? []).filter(({ state }) => state === 'failed').flatMap((test) => testLines(test, paint));
  const broken = (tests?.broken ?? []).map(({ file, message }) => `    ${place(file)}${message.split('\n', 1)[0]}`);
  const details = [...errors, ...broken, ...failures];
  return [
    `${mark} ${paint.bold(RUNG_NAMES[rung])}: ${summary} ${paint.dim(`(${[commands, `${(durationMs / 1000).toFixed(1)} s`].filter(Boolean).join(', ')})`)}`,
    ...details.slice(0, PRINTED),
    ...(details.length > PRINTED ? [`    … ${details.length - PRINTED} more lines in the log`] : []),
    ...notes.map((note) => `    ${note}`),
    ...(verdict === 'holds'
      ? []
      : [paint.dim(`    log: ${relativePosix(process.cwd(), path.join(directory, '.assay', 'evidence', id, 'output.log'))}`)]),
  ];
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

function alternativeText({ purpose, taken, others }: Alternative): string {
  const other = others.map(({ value }) => `\`${shellLine(value)}\``).join(' or ');
  return `The command for "${purpose}" may also be ${other}; \`${shellLine(taken.value)}\` was taken. Name one in assay.config.json ("verify") to settle it.`;
}

/** A rung that has nothing to prove is no reason to fail where another has. */
function statusOf(rungs: readonly RungOutcome[]): number {
  const proofs = rungs.flatMap((outcome) => ('proof' in outcome ? [outcome.proof] : []));
  if (proofs.some(({ verdict }) => verdict === 'fails')) return EXIT.belowThreshold;
  return proofs.length === 0 || proofs.some(({ verdict }) => verdict === 'inconclusive') ? EXIT.cannotRun : EXIT.done;
}
