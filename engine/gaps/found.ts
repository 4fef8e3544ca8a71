import type { History } from '../workspace/index.ts';
import type { SourceCode } from './code.ts';
import { criticalityOf } from './criticality.ts';
import type { CriticalPath, Signals } from './model.ts';

/** How many files are looked at that nobody declared. */
const MOST = 15;
/** Code that a package does not work with, though tests could be written for it. */
const ASIDE = /(?:^|\/)(?:bench|perf|demos?|playground|website)\/|(?:^|[/.-])test-?(?:utils?|helpers?)\b/i;

/**
 * The source files that look most critical, those with a function in them.
 *
 * @param entries source files behind the entry points of the package
 * @param declared files that the project declares as a whole, and need not be found
 */
export function foundPaths(
  sources: ReadonlyMap<string, SourceCode>,
  entries: readonly string[],
  history: Pick<History, 'files'> | undefined,
  declared: ReadonlySet<string>,
): CriticalPath[] {
  const exported = exportedFiles(entries, sources);
  const fanIn = importers(sources);
  return [...sources.values()]
    .filter(({ path, functions }) => functions.length > 0 && !declared.has(path) && !ASIDE.test(path))
    .map(({ path, functions }): CriticalPath => {
      const signals: Signals = {
        exported: exported.has(path),
        fanIn: fanIn.get(path)?.size ?? 0,
        functions: functions.length,
        ...(history && (history.files.get(path) ?? { changes: 0, fixes: 0 })),
      };
      return { name: path, origin: 'found', criticality: criticalityOf(signals), files: [path], parts: functions, signals };
    })
    .sort((a, b) => b.criticality - a.criticality || (a.name < b.name ? -1 : 1))
    .slice(0, MOST);
}

/** The entry points, and all files that hand on to them what they export. */
function exportedFiles(entries: readonly string[], sources: ReadonlyMap<string, SourceCode>): Set<string> {
  const found = new Set<string>();
  const left = [...entries];
  for (let file = left.pop(); file !== undefined; file = left.pop()) {
    if (found.has(file)) continue;
    found.add(file);
    for (const link of sources.get(file)?.links ?? []) if (link.isHandedOn) left.push(link.target);
  }
  return found;
}

function importers(sources: ReadonlyMap<string, SourceCode>): Map<string, Set<string>> {
  const found = new Map<string, Set<string>>();
  for (const { path, links } of sources.values()) {
    for (const { target } of links) {
      if (target === path || ASIDE.test(path)) continue;
      found.set(target, (found.get(target) ?? new Set()).add(path));
    }
  }
  return found;
}
