import { writeFile } from 'node:fs/promises';
import path from 'node:path';
import { detect, type Project } from '../engine/detection/index.ts';
import { renderProofs } from '../engine/report/index.ts';
import {
  type Alternative,
  describeCounts,
  type ProofEvent,
  type RungOutcome,
  readProof,
  rungsUpTo,
  shellLine,
  USUAL_LOAD,
  type VerifyOutcome,
  type VerifyRequest,
  verify,
} from '../engine/verification/index.ts';
import { kindOf, relativePosix, removeAbandonedRunFolders } from '../engine/workspace/index.ts';
import { StatusLine } from './count-line.ts';
import { EXIT } from './exit.ts';
import { interruptible } from './interruptible.ts';
import { painterFor } from './paint.ts';
import { nothingLines, proofLines } from './proof-lines.ts';
import { parseVerifyOptions, VERIFY_HELP, type VerifyOptions } from './verify-options.ts';

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
  return interruptible((signal) => run(parsed.options, signal));
}

async function run(options: VerifyOptions, signal: AbortSignal): Promise<number> {
  await removeAbandonedRunFolders();
  const directory = path.resolve(options.directory);
  if ((await kindOf(directory)) !== 'directory') {
    process.stderr.write(`assay verify: there is no directory "${options.directory}".\n`);
    return EXIT.cannotRun;
  }
  const { projects, foreign } = await detect(directory, signal);
  for (const { says } of foreign) process.stderr.write(`${says}: it verifies Node, Python, Go and Rust.\n`);
  if (projects.length === 0 && !signal.aborted) {
    process.stderr.write(`No project was found in ${directory}.\n  Stand where a package.json, pyproject.toml, go.mod or Cargo.toml is.\n`);
    return EXIT.cannotRun;
  }
  const ladder = { rungs: options.only ? [options.level] : rungsUpTo(options.level), commands: {} };
  const jobs = options.replay === undefined ? projects.map((project) => ({ project, ...ladder })) : await replayOf(options.replay, projects);
  if (jobs.length === 0 && !signal.aborted) {
    process.stderr.write(
      `There is no evidence of a proof "${options.replay}" below ${directory}.\n  The folders in .assay/evidence are named by their ids.\n`,
    );
    return EXIT.cannotRun;
  }
  const outcomes: VerifyOutcome[] = [];
  for (const job of jobs) {
    if (signal.aborted) break;
    outcomes.push(await verifyProject(job, options, signal));
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

/** What is proved of a project, and with which commands where not with those that are detected. */
type Job = Pick<VerifyRequest, 'project' | 'rungs' | 'commands' | 'isPartial'> & { endpoint?: string };

/** The rung of a kept proof with the very commands that proved it; nothing where none of the projects has it. */
async function replayOf(id: string, projects: readonly Project[]): Promise<Job[]> {
  for (const project of projects) {
    const proof = await readProof(project.directory, id);
    if (!proof || proof.ecosystem !== project.ecosystem) continue;
    const [first, ...others] = proof.runs.filter(({ installs }) => !installs).map(({ command }) => command);
    const commands =
      first === undefined
        ? {}
        : { compile: { compile: [first, ...others] }, test: { test: first }, mutation: {}, load: { start: first } }[proof.rung];
    process.stderr.write(`At ${new Date(proof.at).toISOString()}: ${proof.summary}.\n`);
    // Where the app was started, its port was another one.
    const url = proof.load && new URL(proof.load.url);
    const endpoint = url && (first === undefined ? url.href : url.pathname + url.search);
    return [{ project, rungs: [proof.rung], commands, ...(proof.partial && { isPartial: true }), ...(endpoint && { endpoint }) }];
  }
  return [];
}

async function verifyProject({ endpoint, ...job }: Job, options: VerifyOptions, signal: AbortSignal): Promise<VerifyOutcome> {
  const { project } = job;
  const asked = options.endpoint ?? endpoint;
  const out = options.outputs.some(({ file }) => file === '-') ? process.stderr : process.stdout;
  const paint = painterFor(out);
  out.write(`${paint.bold(project.name)} ${paint.dim(relativePosix(process.cwd(), project.directory) || '.')}\n`);
  const line = new StatusLine(process.stderr);
  const outcome = await verify(
    {
      ...job,
      coverage: options.coverage,
      options: { time: options.timeLimitMinutes * 60_000, memory: options.memoryMiB * 1024 ** 2, environment: options.env, offline: options.offline },
      load: {
        ...(asked !== undefined && { endpoint: asked }),
        ...USUAL_LOAD,
        health: { ...USUAL_LOAD.health, p95: options.p95 },
        most: options.maxUsers,
      },
      keeping: KEEPING,
      install: options.install,
      node: { setting: options.node, own: { path: process.execPath, version: process.versions.node } },
    },
    {
      signal,
      report(event) {
        line.show(progressText(event));
        if (event.kind !== 'proof' && event.kind !== 'nothing') return;
        line.clear();
        out.write(`${(event.kind === 'proof' ? proofLines(event.proof, paint) : nothingLines(event)).join('\n')}\n`);
      },
    },
  );
  line.clear();
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
    case 'nothing':
      return '';
  }
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
