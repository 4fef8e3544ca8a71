import type { ReportInput } from '../engine/report/index.ts';

/** How many covering tests are named. */
const NAMED_TESTS = 2;

/** The tests that ran a mutant, in words: how many, how long they take together, and the first ones by name. */
export function coveringTests(ids: readonly number[], { tests }: Pick<ReportInput, 'tests'>): string {
  if (ids.length === 0) return 'ran while the module loaded';
  const names = ids.slice(0, NAMED_TESTS).map((id) => `"${tests.get(id)?.name ?? '?'}"`);
  const ms = ids.reduce((sum, id) => sum + (tests.get(id)?.durationMs ?? 0), 0);
  return `${ids.length} ${ids.length === 1 ? 'test runs' : 'tests run'} it in ${duration(ms)}: ${names.join(', ')}${ids.length > NAMED_TESTS ? ', …' : ''}`;
}

function duration(ms: number): string {
  if (ms < 1) return 'less than 1 ms';
  return ms < 1000 ? `${Math.round(ms)} ms` : `${(ms / 1000).toFixed(1)} s`;
}
