import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import path from 'node:path';
import type { Answer, HotMutant, Job, OpenJob, ProbeJob } from '../../engine/mutation/hot/jobs.ts';
import { Heartbeat, readBeat } from '../../engine/mutation/hot/worker/heartbeat.ts';
import { Judge } from '../../engine/mutation/hot/worker/judge.ts';
import { type Hits, Switchboard } from '../../engine/mutation/hot/worker/switchboard.ts';
import { type Program, ScriptedHarness } from './scripted-harness.ts';
import { emptyWorkspace } from './workspaces.ts';

/** What never ends. */
export const NEVER = () => new Promise<never>(() => {});

/** A worker of a program. */
export function worker(program: Program, controlled?: boolean) {
  const switches = new Switchboard();
  const harness = new ScriptedHarness(program, switches, controlled);
  const heartbeat = new Heartbeat(path.join(emptyWorkspace(), 'beat'));
  const judge = new Judge(harness, switches, heartbeat);
  return {
    asked: harness.asked,
    harness,
    mutant: () => readBeat(readFileSync(heartbeat.file, 'latin1')).mutant,
    switches,
    judge,
    async do(job: Exclude<Job, { kind: 'end' }>): Promise<Answer[]> {
      const answers: Answer[] = [];
      await judge.do(job, (answer) => answers.push(answer));
      return answers;
    },
  };
}

/** The number that code mutated by mutant 1 makes: 1, or 2 where it is on. */
export function mutated(switches: Switchboard, id = '1'): number {
  switches.cover(id);
  return switches.active(id) ? 2 : 1;
}

/** A test that notices when mutated code makes another number. */
export const expectOne = (switches: Switchboard, id = '1') => assert.equal(mutated(switches, id), 1);
export const ONE: Program = (switches) => ({ a: () => expectOne(switches) });
export const reaches = (...ids: string[]): Hits => Object.fromEntries(ids.map((id) => [id, 1]));

/** The job to open file `f`. */
export const opening = (more: Partial<OpenJob> = {}): OpenJob => ({
  ...{ kind: 'open', file: 'f', durations: { a: 0, b: 0, c: 0 }, limits: {}, steps: {}, bystanders: [] },
  ...more,
});

/** A mutant that tests of file `f` are called for. */
export const called = (id: string, tests: string, hitLimit = 9): HotMutant => ({ id, tests: [...tests].map((key) => 'abc'.indexOf(key)), hitLimit });

/** The job to find out whether tests of file `f` can be called again and again. */
export const probing = (covering: Record<string, Hits>, canary = true, inert: string[] = []): ProbeJob => ({
  kind: 'probe',
  file: 'f',
  covering: Object.fromEntries(Object.entries(covering).map(([key, hits]) => [key, { hits, inert }])),
  canary,
});

/** A program whose test a does something else each time that it is called in the same modules. */
export const counting =
  (a: (calls: number, switches: Switchboard) => void | Promise<void>, b = expectOne): Program =>
  (switches) => {
    let calls = 0;
    return { a: () => a(++calls, switches), b: () => b(switches) };
  };
