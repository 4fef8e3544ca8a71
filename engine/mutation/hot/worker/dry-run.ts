import type { Answer, DryJob, RanTest } from '../jobs.ts';
import { short } from './reasons.ts';
import { Trace } from './switchboard.ts';
import type { Workshop } from './workshop.ts';

/** Runs a test file once, as the framework runs it, and tells what each of its tests reaches. */
export async function dryRun(
  { file, tests: wanted, weighs }: DryJob,
  { harness, switches, heartbeat, builtins, claims, leavings }: Workshop,
  answer: (answer: Answer) => void,
): Promise<void> {
  const outside = new Trace(weighs);
  const inTests = new Map<string, Trace>();
  const tests: RanTest[] = [];
  heartbeat.beat('', true);
  switches.off();
  switches.record(outside);
  const { compiledMs = 0 } = harness;
  leavings?.begin(file);
  claims.begin((port) => answer({ kind: 'claims', claims: [port] }));
  const { error } = await harness.fresh(file, {
    ...(wanted && { only: new Set(wanted) }),
    oneByOne: true,
    begins: ({ key }) => {
      const trace = new Trace(weighs);
      inTests.set(key, trace);
      switches.record(trace);
      heartbeat.beat('', false);
    },
    ended: (test) => {
      tests.push({ ...test, durationMs: Math.max(0, test.durationMs - (inTests.get(test.key)?.weighingMs ?? 0)) });
      switches.record(outside);
      return true;
    },
  });
  const claimed = claims.end();
  switches.record(undefined);
  const amongOthers = leavings?.foreign ?? false;
  if (leavings && builtins.changed) leavings.keepChanges();
  builtins.keep();
  const reaching = [...inTests].filter(([, { hits }]) => Object.keys(hits).length > 0);
  answer({
    kind: 'dry',
    tests,
    atLoad: outside.hits,
    inertAtLoad: outside.inert,
    perTest: Object.fromEntries(reaching.map(([key, { hits }]) => [key, hits])),
    inert: Object.fromEntries(reaching.map(([key, { inert }]) => [key, inert])),
    runs: [...switches.runs],
    loaded: [...(harness.loaded?.() ?? [])],
    amongOthers,
    claims: claimed,
    compiledMs: (harness.compiledMs ?? 0) - compiledMs,
    ...(error !== undefined && { error: short(error) }),
  });
}
