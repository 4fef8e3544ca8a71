import { type AuditedFile, auditFiles, type PlacedTest } from '../audit/index.ts';
import { containsPosition } from '../model/index.ts';
import { type StoredTest, TestLocator } from '../mutation/index.ts';
import type { ReachingTests } from './model.ts';

/** A test as it is written, and how much it checks, 0 to 100. */
export interface KnownTest {
  /** What tells it from all others of the package. */
  key: string;
  strength: number;
}

/** Tells a test (of a file by its absolute path) by its titles. */
export function keyOf(file: string, title: readonly string[]): string {
  return JSON.stringify([file, ...title]);
}

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
): Promise<Map<number, KnownTest>> {
  const locate = new TestLocator().inOneLook(directory);
  const places = await Promise.all(tests.map(async (test) => ({ test, place: await locate(test) })));
  const audited = new Map(known.map((one) => [one.file, one]));
  const missing = new Set(places.flatMap(({ place }) => (place && !audited.has(place.file) ? [place.file] : [])));
  for (const one of await auditFiles([...missing], { signal, report: () => {} })) audited.set(one.file, one);
  const strengths = new Map<number, KnownTest>();
  for (const { test, place } of places) {
    const written = place && (audited.get(place.file)?.audit?.tests ?? []);
    const at = place && written?.findLast(({ range }: PlacedTest) => containsPosition(range, place.position));
    if (at && place) strengths.set(test.id, { key: keyOf(place.file, at.title), strength: at.strength });
  }
  return strengths;
}

/** Sums up the strengths of the tests that reach a path: those that mutants tell of, by their ids, and others that were seen to run it. */
export function reachingTests(ids: ReadonlySet<number>, strengths: ReadonlyMap<number, KnownTest>, seen: readonly KnownTest[] = []): ReachingTests {
  const known = [...ids].flatMap((id) => strengths.get(id) ?? []);
  const keys = new Set(known.map(({ key }) => key));
  const others = new Map(seen.filter(({ key }) => !keys.has(key)).map((one) => [one.key, one]));
  const read = [...known, ...others.values()].map(({ strength }) => strength);
  const mean = read.length === 0 ? null : read.reduce((sum, one) => sum + one, 0) / read.length;
  return { count: ids.size + others.size, read: read.length, mean, min: read.length === 0 ? null : Math.min(...read) };
}
