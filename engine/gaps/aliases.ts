import path from 'node:path';

/** Answers the paths, relative to the package, that a specifier may stand for which is no path itself; the likeliest first. */
export type Aliases = (specifier: string) => string[];

/**
 * What specifiers stand for by `paths` and `baseUrl` of a tsconfig.json or jsconfig.json (`@/*`), and by `imports` of a manifest (`#lib/*`). What a
 * configuration extends is not read.
 */
export function aliasesOf(tsconfig: string | undefined, manifest: Record<string, unknown>): Aliases {
  const { baseUrl, paths = {} } = compilerOptions(tsconfig);
  const from = typeof baseUrl === 'string' ? baseUrl : '.';
  const rules = [
    ...Object.entries(paths as Record<string, unknown>).flatMap(([key, targets]) =>
      (Array.isArray(targets) ? targets : []).flatMap((target) =>
        typeof target === 'string' ? [{ key, target: path.posix.join(from, target) }] : [],
      ),
    ),
    ...Object.entries((manifest['imports'] ?? {}) as Record<string, unknown>).flatMap(([key, target]) =>
      typeof target === 'string' ? [{ key, target: path.posix.normalize(target) }] : [],
    ),
    ...(typeof baseUrl === 'string' ? [{ key: '*', target: path.posix.join(from, '*') }] : []),
  ];
  return (specifier) =>
    rules.flatMap(({ key, target }) => {
      const [before = '', after] = key.split('*');
      if (after === undefined) return key === specifier ? [target] : [];
      if (!specifier.startsWith(before) || !specifier.endsWith(after) || specifier.length < before.length + after.length) return [];
      return [target.replace('*', () => specifier.slice(before.length, specifier.length - after.length))];
    });
}

/** Compiler options as they are written: with comments and with commas that end lists. */
function compilerOptions(text: string | undefined): Record<string, unknown> {
  const plain = (text ?? '{}')
    .replace(/("(?:\\.|[^"\\])*")|\/\/[^\n]*|\/\*[\s\S]*?\*\//g, (_, string: string | undefined) => string ?? '')
    .replace(/("(?:\\.|[^"\\])*")|,(?=\s*[}\]])/g, (_, string: string | undefined) => string ?? '');
  try {
    const { compilerOptions: found } = JSON.parse(plain) as { compilerOptions?: unknown };
    return typeof found === 'object' && found !== null ? (found as Record<string, unknown>) : {};
  } catch {
    return {};
  }
}
