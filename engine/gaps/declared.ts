import { minimatch } from 'minimatch';
import { namedBy } from '../audit/index.ts';
import type { DeclaredPath } from '../workspace/index.ts';
import type { SourceCode } from './code.ts';
import type { CriticalPath, Part, Unmatched } from './model.ts';
import { type Route, routeMatcher, routesOf } from './routes.ts';

/** The critical paths that a project declares, as far as they are found in its sources, and what of them is not. */
export function declaredPaths(
  declared: readonly DeclaredPath[],
  sources: ReadonlyMap<string, SourceCode>,
): { paths: CriticalPath[]; unmatched: Unmatched[] } {
  const unmatched: Unmatched[] = [];
  let known: Route[] | undefined;
  const paths = declared.map(({ name, why, files = [], functions = [], routes = [] }): CriticalPath => {
    const miss = (kind: Unmatched['kind'], pattern: string, message: string) => unmatched.push({ path: name, kind, pattern, message });
    const inFiles = files.map((pattern) => [pattern, [...sources.keys()].filter((file) => isIn(file, pattern))] as const);
    for (const [pattern, found] of inFiles)
      if (found.length === 0) miss('files', pattern, `no source file matches "${pattern}" (tests, scripts and builds are not source)`);
    const chosen = new Set(inFiles.flatMap(([, found]) => found));
    const all = [...sources.values()].filter(({ path }) => files.length === 0 || chosen.has(path)).flatMap((source) => source.functions);
    const parts: Part[] = functions.length === 0 ? (files.length === 0 ? [] : all) : [];
    for (const pattern of functions) {
      const isNamed = namedBy([pattern]);
      const found = all.filter(({ title }) => isNamed(title));
      if (found.length === 0) miss('functions', pattern, `no function${files.length > 0 ? ' of its files' : ''} is called "${pattern}"`);
      parts.push(...found);
    }
    if (routes.length > 0) known ??= routesOf(sources);
    for (const pattern of routes) {
      const found = (known ?? []).filter(routeMatcher(pattern));
      if (found.length === 0) miss('routes', pattern, `no route matches "${pattern}" (${examples(known ?? [])})`);
      parts.push(...found.map(({ handler }) => handler));
    }
    const own = functions.length === 0 ? [...chosen] : [];
    return { name, origin: 'declared', ...(why !== undefined && { why }), criticality: 1, files: own.sort(), parts: withoutDoubles(parts) };
  });
  return { paths, unmatched };
}

function isIn(file: string, pattern: string): boolean {
  const plain = pattern.replace(/^\.\//, '').replace(/\/$/, '');
  return file.startsWith(`${plain}/`) || minimatch(file, plain, { dot: true });
}

/** What was found instead, so that a person sees how routes are spelt. */
function examples(routes: readonly Route[]): string {
  if (routes.length === 0) return 'no call that registers a handler was found';
  const some = routes.slice(0, 3).map(({ method, path }) => `${method} ${path}`);
  return `${routes.length} ${routes.length === 1 ? 'was' : 'were'} found: ${some.join(', ')}${routes.length > some.length ? ', …' : ''}`;
}

function withoutDoubles(parts: readonly Part[]): Part[] {
  const key = ({ file, range: { start, end } }: Part) => [file, start.line, start.column, end.line, end.column].join(':');
  return [...new Map(parts.map((part) => [key(part), part])).values()];
}
