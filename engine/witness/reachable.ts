import { findSources, isInside, isMutationCandidate, readText, relativeModule, relativePosix } from '../workspace/index.ts';

/** Up to how many sources of a package all are taken: to follow imports could miss those that are named in other ways (aliases, plug-ins). */
const FEW = 60;

/** What a file loads by a relative path, however it is written. */
const SPECIFIERS = /(?:\bfrom|\bimport|\brequire)\s*\(?\s*['"`](\.[^'"`\n]*)['"`]/g;

/**
 * The sources of a package that test files may run: all of a small one; of a large one those that the files import, and what these import.
 *
 * @param directory that of the package, absolute as all paths
 * @param overlays texts of unsaved documents by path
 */
export async function reachableSources(
  directory: string,
  testFiles: readonly string[],
  overlays: ReadonlyMap<string, string>,
): Promise<{ all: string[]; directly: ReadonlyMap<string, readonly string[]> }> {
  const sources = await findSources(directory, directory);
  const isTaken = (file: string) => isInside(directory, file) && isMutationCandidate(relativePosix(directory, file));
  const imports = async (file: string) => {
    const text = overlays.get(file) ?? (await readText(file)) ?? '';
    return [...text.matchAll(SPECIFIERS)].flatMap(([, specifier = '']) => relativeModule(specifier, file)?.file ?? []);
  };
  const seen = new Set<string>(testFiles);
  const directly = new Map<string, string[]>();
  const waiting = [...testFiles];
  for (let file = waiting.pop(); file !== undefined; file = waiting.pop()) {
    const next = await imports(file);
    if (testFiles.includes(file)) directly.set(file, next.filter(isTaken));
    for (const one of next) {
      if (seen.has(one) || !isInside(directory, one)) continue;
      seen.add(one);
      waiting.push(one);
    }
  }
  const followed = [...seen].filter(isTaken);
  return { all: sources.length <= FEW || followed.length === 0 ? sources : followed.sort(), directly };
}
