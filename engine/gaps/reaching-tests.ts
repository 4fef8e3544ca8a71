import { type AuditedFile, auditFiles, type PlacedTest } from '../audit/index.ts';
import { containsPosition } from '../model/index.ts';
import { type StoredTest, TestLocator } from '../mutation/index.ts';
import type { ReachingTests } from './model.ts';

/**
 * Reads how much each of some stored tests checks, by its id. A test stands where its title stands in today's text; one that is not found, or whose file
 * cannot be read, has no strength.
 *
 * @param known what was audited already
 */
export async function strengthsOf(
  tests: readonly StoredTest[],
  directory: string,
  known: readonly AuditedFile[],
  signal: AbortSignal,
): Promise<Map<number, number>> {
  const locate = new TestLocator().inOneLook(directory);
  const places = await Promise.all(tests.map(async (test) => ({ test, place: await locate(test) })));
  const audited = new Map(known.map((one) => [one.file, one]));
  const missing = new Set(places.flatMap(({ place }) => (place && !audited.has(place.file) ? [place.file] : [])));
  for (const one of await auditFiles([...missing], { signal, report: () => {} })) audited.set(one.file, one);
  const strengths = new Map<number, number>();
  for (const { test, place } of places) {
    const written = place && (audited.get(place.file)?.audit?.tests ?? []);
    const at = place && written?.findLast(({ range }: PlacedTest) => containsPosition(range, place.position));
    if (at) strengths.set(test.id, at.strength);
  }
  return strengths;
}

/** Sums up the strengths of the tests that reach a path. */
export function reachingTests(ids: ReadonlySet<number>, strengths: ReadonlyMap<number, number>): ReachingTests {
  const read = [...ids].flatMap((id) => strengths.get(id) ?? []);
  const mean = read.length === 0 ? null : read.reduce((sum, one) => sum + one, 0) / read.length;
  return { count: ids.size, read: read.length, mean, min: read.length === 0 ? null : Math.min(...read) };
}
