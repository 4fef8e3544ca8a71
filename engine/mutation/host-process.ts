import { rm, writeFile } from 'node:fs/promises';
import path from 'node:path';
import type { Failure, JobContext } from '../model/index.ts';
import { run, userEnvironment } from '../process/index.ts';
import { expandVariables, makeRunFolder } from '../workspace/index.ts';
import type { ExecutorEvent, MutationPlan, Outcome } from './executor.ts';
import type { HostMessage, HostRequest } from './host-messages.ts';

/** How many of the last lines of output are kept to explain a crash. */
export const TAIL_LINES = 60;

/** How a host ended: as a run does, or it was not the one to do this plan. */
export type HostOutcome = Outcome | { status: 'unfit'; reason: string };

/**
 * Runs a plan in a process of its own on the user's Node.
 *
 * @param script absolute path of the host, which gets the run's folder as its argument and finds its {@link HostRequest} there
 */
export async function runHost(script: string, plan: MutationPlan, context: JobContext<ExecutorEvent>): Promise<HostOutcome> {
  const runFolder = await makeRunFolder();
  try {
    await writeFile(path.join(runFolder, 'request.json'), JSON.stringify(hostRequest(plan)));
    return await converse(script, plan, runFolder, context);
  } catch (error) {
    return { status: 'failed', failure: notStarted(error) };
  } finally {
    await rm(runFolder, { recursive: true, force: true, maxRetries: 3 }).catch(() => {});
  }
}

async function converse(script: string, plan: MutationPlan, runFolder: string, context: JobContext<ExecutorEvent>): Promise<HostOutcome> {
  const tail: string[] = [];
  let end: Extract<HostMessage, { kind: 'end' }> | undefined;
  const log = (line: string) => {
    tail.push(line);
    if (tail.length > TAIL_LINES) tail.shift();
    context.report({ kind: 'log', line });
  };
  const exit = await run(
    {
      program: plan.node.path,
      args: [script, runFolder],
      cwd: plan.package.directory,
      env: hostEnvironment(plan),
    },
    {
      signal: context.signal,
      onStdout: log,
      onStderr: log,
      onMessage: (line) => {
        const message = JSON.parse(line) as HostMessage;
        if (message.kind === 'end') end = message;
        else if (message.kind === 'note') context.report({ kind: 'log', line: message.text });
        else if (message.kind !== 'found' && message.kind !== 'lost') context.report(message);
      },
    },
  );
  if (context.signal.aborted) return { status: 'cancelled' };
  if (!end) return { status: 'failed', failure: crashed(exit.startError?.message ?? `exit code ${exit.code}, signal ${exit.signal}`, tail) };
  if (end.unfit !== undefined) return { status: 'unfit', reason: end.unfit };
  if (end.failure) return { status: 'failed', failure: { ...end.failure, detail: [end.failure.detail, ...tail].filter(Boolean).join('\n') } };
  return { status: 'done' };
}

/** The environment of a host and its tests: the user's own with what the test script sets. */
export function hostEnvironment({ package: { framework } }: MutationPlan): NodeJS.ProcessEnv {
  const user = userEnvironment();
  return { ...user, ...expandVariables(framework.command.env, user) };
}

/** What a host is told of a plan. */
export function hostRequest(plan: MutationPlan): HostRequest {
  const { name, configFile, command } = plan.package.framework;
  return {
    directory: plan.package.directory,
    root: plan.package.root,
    targets: plan.targets,
    overlays: [...plan.overlays],
    framework: { name, ...(configFile && { configFile }), args: command.args, nodeArgs: command.nodeArgs },
    ...(plan.concurrency !== undefined && { concurrency: plan.concurrency }),
    dryRunMinutes: plan.dryRunMinutes,
    ...(plan.memoryMiB !== undefined && { memoryMiB: plan.memoryMiB }),
    ...(plan.confined && { confined: true }),
  };
}

/** Why a host could not even be started. */
export function notStarted(error: unknown): Failure {
  const full = (error as NodeJS.ErrnoException).code === 'ENOSPC';
  return {
    code: full ? 'disk-full' : 'executor-crashed',
    message: full ? 'The disk is full: the run could not be prepared.' : `The run could not be prepared: ${(error as Error).message}`,
    action: full ? 'Free some space in the temporary folder, then run again.' : 'See the Assay log for the whole text.',
    detail: (error as Error).stack ?? String(error),
  };
}

/** A host that ended without saying how the run went, with its last words. */
export function crashed(how: string, tail: readonly string[]): Failure {
  return {
    code: 'executor-crashed',
    message: `The process that runs the mutants ended unexpectedly (${how}).`,
    action: 'Run again; if it happens again, see the Assay log for its last words.',
    detail: tail.join('\n'),
  };
}
