import type { Failure } from '../engine/model/index.ts';
import {
  describeCounts,
  installLine,
  type ProofEvent,
  type RungOutcome,
  rungsUpTo,
  USUAL_LOAD,
  type VerifyOutcome,
  verify,
} from '../engine/verification/index.ts';
import { describeChoice } from './command-choices.ts';
import type { Ladders } from './ladders.ts';
import type { KnownProject } from './projects.ts';
import type { Settings, VerifiedProject, VerifyParams, VerifyProgressParams, VerifyResult } from './protocol.ts';

/** How often progress is sent, milliseconds: tests may say thousands of lines a second. */
const PROGRESS_MS = 100;

/** What verifying needs from the server around it. */
export interface VerifySurroundings {
  ladders: Ladders;
  settings: Settings;
  signal: AbortSignal;
  sendProgress(progress: VerifyProgressParams): void;
  /** There is another proof. */
  proven(): void;
  log(line: string): void;
}

/** Climbs the ladders of projects, one after the other, until one does not hold; each proof is kept. */
export async function verifyProjects(
  { run, what, level, only, some, coverage, endpoint, install }: VerifyParams,
  around: VerifySurroundings,
): Promise<VerifyResult> {
  const { ladders, settings, signal } = around;
  const projects = await chosen(what, ladders);
  if (projects.length === 0) return notVerified([noProject()]);
  const verified: VerifiedProject[] = [];
  const failures: Failure[] = [];
  const progress = progressOf(run, around.sendProgress);
  try {
    for (const known of projects) {
      if (signal.aborted) break;
      progress.begin(known);
      const outcome = await verify(
        {
          project: known.project,
          rungs: only ? [level] : rungsUpTo(level),
          commands: {},
          ...(some && { some: await ladders.named(known.id, some) }),
          coverage: coverage === true,
          options: {
            time: settings.verifyMinutes * 60_000,
            memory: settings.verifyMemory * 1024 ** 2,
            environment: settings.verifyEnvironment,
            offline: settings.verifyOffline,
          },
          load: {
            ...USUAL_LOAD,
            ...(endpoint !== undefined && { endpoint }),
            hosts: settings.loadHosts,
            health: { ...USUAL_LOAD.health, p95: settings.loadP95 },
            most: settings.loadMaxUsers,
          },
          keeping: { days: settings.evidenceDays, bytes: settings.evidenceSize * 1024 ** 2 },
          node: { setting: settings.nodePath || undefined },
          install: install === true || settings.verifyInstall === 'always',
        },
        {
          signal,
          report(event) {
            progress.take(event);
            if (event.kind === 'proof') around.proven();
          },
        },
      );
      const asks = install !== true && settings.verifyInstall === 'ask' && !ladders.declinesInstall(known.project);
      verified.push(describeOutcome(known, outcome, asks));
      failures.push(...outcome.notices);
    }
  } finally {
    progress.end();
    around.proven();
  }
  for (const { message, action } of failures) around.log(`${message} ${action}`);
  return { status: signal.aborted ? 'cancelled' : 'done', failures, projects: verified };
}

/** An answer without projects, and why there are none. */
export function notVerified(failures: Failure[], status: 'failed' | 'cancelled' = 'failed'): VerifyResult {
  return { status, failures, projects: [] };
}

async function chosen(what: VerifyParams['what'], { projects }: Ladders): Promise<KnownProject[]> {
  if (what === 'all') return projects.all();
  if ('projects' in what) return (await projects.all()).filter(({ id }) => what.projects.includes(id));
  const found = await projects.within(what.within);
  return found ? [found] : [];
}

function progressOf(run: number, send: (progress: VerifyProgressParams) => void) {
  let now: VerifyProgressParams = { run, project: '', name: '', rung: null, command: '', text: '', counts: null, ended: false };
  let timer: NodeJS.Timeout | undefined;
  const tell = () => {
    timer = undefined;
    send(now);
  };
  const change = (changed: Partial<VerifyProgressParams>) => {
    now = { ...now, ...changed };
    timer ??= setTimeout(tell, PROGRESS_MS);
  };
  return {
    begin: ({ id, project }: KnownProject) => change({ project: id, name: project.name, rung: null, command: '', text: '', counts: null }),
    take(event: ProofEvent) {
      if (event.kind === 'begun') change({ rung: event.rung, command: event.command, text: '', counts: null });
      else if (event.kind === 'counts') change({ rung: event.rung, counts: event.counts, text: describeCounts(event.counts) });
      // Counts tell more than lines.
      else if (event.kind === 'output' && event.line.trim() !== '' && !now.counts)
        change({ rung: event.rung, text: event.line.trim().slice(0, 200) });
    },
    end() {
      clearTimeout(timer);
      send({ ...now, ended: true });
    },
  };
}

function describeOutcome({ id, project }: KnownProject, { rungs, alternatives }: VerifyOutcome, asks: boolean): VerifiedProject {
  const without = rungs.flatMap((one) => ('proof' in one ? (one.without ?? []) : []))[0];
  return {
    id,
    name: project.name,
    rungs: rungs.map(describeRung),
    choices: alternatives.map(({ purpose, taken, others }) => describeChoice(purpose, [taken, ...others], project.directory)),
    install: (asks && without && installLine(without)) || null,
  };
}

function describeRung(outcome: RungOutcome): VerifiedProject['rungs'][number] {
  if ('failure' in outcome)
    return { rung: outcome.rung, verdict: null, summary: `${outcome.failure.message} ${outcome.failure.action}`, proof: null };
  const { rung, verdict, summary, id } = outcome.proof;
  return { rung, verdict, summary, proof: id };
}

function noProject(): Failure {
  return {
    code: 'no-package',
    message: 'No project was found in the open folders that says how it is built or tested.',
    action: 'Open a folder with a package.json, pyproject.toml, go.mod or Cargo.toml.',
  };
}
