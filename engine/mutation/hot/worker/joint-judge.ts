import type { Answer, JointJob } from '../jobs.ts';
import { Trace } from './switchboard.ts';
import type { Workshop } from './workshop.ts';

/**
 * Runs tests once for several mutants, in fresh modules and as the framework itself does. Each is on in its own tests, those that it changes something in, and
 * no two have one of these in common. Everywhere else it is found out again whether any would change something: what a mutant left behind in its own tests
 * shows in those behind them, as a test that fails or as a mutant that is no longer inert (`infection.ts`).
 */
export async function judgeJointly({ file, tests, mutants, stepLimit }: JointJob, workshop: Workshop): Promise<Answer> {
  const { harness, switches, heartbeat, builtins } = workshop;
  const ids = mutants.map(({ id }) => id);
  const owners = new Map(mutants.flatMap((one) => one.tests.map((key) => [key, one])));
  const passed = new Map<string, number>();
  const reached = new Set<string>();
  let suspects: readonly string[] = [];
  let trace: Trace | undefined;
  const suspect = (found: readonly string[]) => {
    if (suspects.length === 0) suspects = found;
  };
  const watch = () => {
    switches.off();
    trace = new Trace(true, new Set(ids));
    switches.record(trace);
  };
  const look = () => {
    if (trace) suspect(trace.changedBy(ids));
  };
  heartbeat.beat('', true);
  builtins.restore();
  watch();
  const { error } = await harness.fresh(file, {
    only: new Set(tests),
    oneByOne: true,
    begins: ({ key }) => {
      heartbeat.beat('', false);
      look();
      const owner = owners.get(key);
      if (!owner) return watch();
      trace = undefined;
      switches.record(undefined);
      switches.on(owner.id, owner.hitLimit, stepLimit);
    },
    ended: ({ key, state }) => {
      const owner = trace ? undefined : owners.get(key);
      const overLimit = owner && switches.overLimit !== undefined;
      if (owner && switches.hits > 0) reached.add(owner.id);
      if (owner && state === 'passed') passed.set(owner.id, (passed.get(owner.id) ?? 0) + 1);
      if (state === 'failed' || overLimit) suspect(owner ? [owner.id] : ids);
      look();
      watch();
      return suspects.length === 0;
    },
  });
  look();
  switches.off();
  switches.record(undefined);
  if (error !== undefined) suspect(ids);
  if (suspects.length > 0) return { kind: 'joined', survived: [], suspects: [...suspects] };
  const survived = mutants.filter(({ id, tests }) => reached.has(id) && passed.get(id) === tests.length).map(({ id }) => id);
  return { kind: 'joined', survived, suspects: ids.filter((id) => !survived.includes(id)) };
}
