import path from 'node:path';
import { Client } from './client.ts';
import { runNode } from './command.ts';
import { type Counts, readCounts } from './counts.ts';
import { forgetResults, type Subject } from './subject.ts';
import { ROOT, temporaryFolder } from './temporary.ts';

/** One run of Assay's command line. */
export interface CommandRun {
  wallMs: number;
  counts: Counts;
}

/** One run in Assay's language server, as an editor asks for it; times are milliseconds since the request. */
export interface EditorRun {
  wallMs: number;
  /** When the first progress arrived that counts a judged mutant. */
  firstVerdictMs: number | undefined;
  /** How long the server had taken to start. */
  startMs: number;
  counts: Counts;
}

/** Runs `assay mutate` on the subject, without results of earlier runs; with StrykerJS as the one that judges where that is asked for. */
export async function runCommand({ directory, file, name }: Subject, concurrency: number, reference: boolean): Promise<CommandRun> {
  const report = path.join(temporaryFolder(), 'report.json');
  const args = [
    path.join(ROOT, 'dist', 'cli.js'),
    'mutate',
    file,
    '--concurrency',
    String(concurrency),
    '--json',
    report,
    ...(reference ? ['--reference'] : []),
  ];
  forgetResults(directory);
  const ran = await runNode(args, directory, {}, /^[1-9]\d* of /m);
  forgetResults(directory);
  if (ran.status !== 0) throw new Error(`assay ended with ${ran.status} on ${name}:\n${ran.output}`);
  return { wallMs: ran.wallMs, counts: readCounts(report) };
}

/** Starts a server on the subject and asks it for a run, without results of earlier runs. */
export async function runInEditor({ directory, file, name }: Subject, concurrency: number): Promise<EditorRun> {
  forgetResults(directory);
  const client = await Client.start(directory, concurrency);
  const started = performance.now();
  let firstVerdictMs: number | undefined;
  client.onProgress(({ judged }) => {
    if (judged > 0) firstVerdictMs ??= performance.now() - started;
  });
  const { status, counts, failures } = await client.mutate(file);
  const wallMs = performance.now() - started;
  await client.stop();
  forgetResults(directory);
  if (status !== 'done') throw new Error(`the run ended as ${status} on ${name}: ${failures.map(({ message }) => message).join(' ')}`);
  return { wallMs, firstVerdictMs, startMs: client.startMs, counts: { ...counts } };
}
