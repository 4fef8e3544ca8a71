import { pathToFileURL } from 'node:url';
import { idOfCalls } from '../../calls.ts';
import type { Answer, ExperimentJob } from '../jobs.ts';
import { Builtins } from './builtins.ts';
import type { OpenFile } from './harness.ts';
import type { Experiment, Laboratory } from './laboratory.ts';
import { Suites } from './suites.ts';
import { Trace } from './switchboard.ts';
import type { Workshop } from './workshop.ts';

/** Has a module of ours do an experiment with a test file. Each finding is an answer; the last one ends the job. */
export async function experimentWith(
  { file, script, input, mutants }: ExperimentJob,
  { harness, switches, heartbeat, builtins, caller }: Workshop,
  answer: (answer: Answer) => void,
): Promise<void> {
  const { experiment } = (await import(pathToFileURL(script).href)) as { experiment: Experiment };
  let open: OpenFile | undefined;
  let suites = new Suites();
  const close = async () => {
    const before = open;
    open = undefined;
    if (before) await suites.leave().catch(() => {});
    await before?.close();
    builtins.restore();
  };
  switches.off();
  const laboratory: Laboratory = {
    mutants,
    switches,
    fresh: async (watch) => {
      await close();
      laboratory.beforeLoading();
      return harness.fresh(file, watch);
    },
    open: async () => {
      await close();
      laboratory.beforeLoading();
      const opened = await harness.open(file);
      if ('tests' in opened) open = opened;
      suites = new Suites();
      return opened;
    },
    call: async (test, limitMs) => {
      const before = new Builtins(harness.global);
      const call = await caller.call(test, suites, limitMs);
      if (before.changed) before.restore();
      return call;
    },
    record: (begins = true) => {
      const trace = new Trace(false);
      switches.record(begins ? trace : undefined);
      return trace.hits;
    },
    idOfCalls,
    trace: async (weighs, work) => {
      const trace = new Trace(weighs);
      switches.off();
      switches.record(trace);
      await work();
      switches.record(undefined);
      return trace;
    },
    beforeLoading: () => {},
    beat: (mutant) => heartbeat.beat(mutant, false),
    tell: (finding) => answer({ kind: 'found', finding }),
  };
  await experiment(laboratory, input as never);
  switches.off();
  switches.lab = undefined;
  await close();
  answer({ kind: 'done' });
}
