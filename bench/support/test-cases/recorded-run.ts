import { mkdtempSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import type { ProjectCommand } from '../../../engine/detection/index.ts';
import { run, userEnvironment } from '../../../engine/process/index.ts';
import type { TestReport } from '../../../engine/verification/model.ts';
import { recordTests } from '../../../engine/verification/tests/index.ts';

/** How a command went. */
export interface Went {
  code: number | null;
  ms: number;
  /** What it said, with the stream it said it on. */
  lines: ['stdout' | 'stderr', string][];
}

/** Runs a command as it is, within ten minutes. */
export async function runPlainly({ argv, env, cwd }: ProjectCommand, hear?: (stream: 'stdout' | 'stderr', line: string) => void): Promise<Went> {
  const [program = '', ...args] = argv;
  const lines: Went['lines'] = [];
  const take = (stream: 'stdout' | 'stderr') => (line: string) => {
    lines.push([stream, line]);
    hear?.(stream, line);
  };
  const found = [path.dirname(process.execPath), process.env['PATH']].join(path.delimiter);
  const exit = await run(
    { program, args, cwd, env: { ...userEnvironment(), PATH: found, CI: '1', ...env, ...(env['PATH'] && { PATH: env['PATH'] }) } },
    { signal: AbortSignal.timeout(600_000), onStdout: take('stdout'), onStderr: take('stderr') },
  );
  return { code: exit.code, ms: exit.durationMs, lines };
}

/** Runs a command recorded. */
export async function runRecorded(command: ProjectCommand): Promise<Went & { report: TestReport; events: string }> {
  const events = mkdtempSync(path.join(os.tmpdir(), 'bench-events-'));
  const recorder = recordTests(command, events);
  const went = await runPlainly(recorder.command, (stream, line) => recorder.hear(stream, line));
  return { ...went, events, report: await recorder.finish({ code: went.code, signal: null, durationMs: went.ms }) };
}
