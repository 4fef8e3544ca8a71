import { openSync, writeSync } from 'node:fs';
import { inspect } from 'node:util';
import { EVENTS_VARIABLE, ONLY_VARIABLE, type TestEvent, type ToldFailure } from '../events.ts';

/** Longer texts are cut: a failure may hold a whole page. */
const LONGEST_TEXT = 20_000;

let channel: number | undefined;
let runs = 0;

/** The file of events; undefined where nobody asks for them. */
export const eventsFile = process.env[EVENTS_VARIABLE];

/** Appends an event to the file of events. Never throws: what records may not change what is recorded. */
export function tell(event: TestEvent): void {
  if (eventsFile === undefined) return;
  try {
    channel ??= openSync(eventsFile, 'a');
    writeSync(channel, `${JSON.stringify(event)}\n`);
  } catch {
    // The disk is full, or the folder is gone: the tests go on.
  }
}

/** Begins a run of a framework; what is returned names it. From then on, processes that the tests start are left alone. */
export function beginRun(framework: string, version?: string): string {
  runs += 1;
  const run = `${process.pid}-${runs}`;
  tell({ type: 'run', run, framework, ...(version !== undefined && { version }) });
  leaveChildrenAlone();
  return run;
}

/** Takes what brought us here out of the environment: tests of a test framework start it themselves, and those runs are not the project's. */
export function leaveChildrenAlone(): void {
  delete process.env[EVENTS_VARIABLE];
  delete process.env[ONLY_VARIABLE];
  const own = process.env['ASSAY_TEST_PRELOAD'];
  const options = process.env['NODE_OPTIONS'];
  if (!own || options === undefined) return;
  delete process.env['ASSAY_TEST_PRELOAD'];
  const left = options.replace(own, '').trim();
  if (left) process.env['NODE_OPTIONS'] = left;
  else delete process.env['NODE_OPTIONS'];
}

/** A value in words. */
export function words(value: unknown): string {
  return clip(typeof value === 'string' ? value : inspect(value, { depth: 6, breakLength: 80, sorted: true, maxArrayLength: 200 }));
}

/** A text that is not longer than anyone reads. */
export function clip(text: string): string {
  return text.length > LONGEST_TEXT ? `${text.slice(0, LONGEST_TEXT)}…` : text;
}

/** A failure from what was thrown, which may be anything. */
export function failureOf(thrown: unknown): ToldFailure {
  if (typeof thrown !== 'object' || thrown === null) return { message: words(thrown) };
  const { message, stack } = thrown as { message?: unknown; stack?: unknown };
  const compared = thrown as { expected?: unknown; actual?: unknown };
  // Vitest 2 writes `undefined` as a word where nothing was compared.
  const values = [compared.expected, compared.actual].some((value) => value !== undefined && value !== 'undefined');
  return {
    message: clip(typeof message === 'string' ? message : words(thrown)),
    ...(values && { expected: words(compared.expected), actual: words(compared.actual) }),
    ...(typeof stack === 'string' && { stack: clip(stack) }),
  };
}
