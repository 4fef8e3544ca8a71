import path from 'node:path';

/** Where sources lie whose builds lie elsewhere. */
const ROOTS = ['src', 'source', 'lib', ''];
const EXTENSION = /(?:\.d)?\.[cm]?[jt]sx?$/;

/**
 * The source files that a package offers to others by `main`, `module`, `exports` and `bin` of its manifest. What these name is often built from source
 * that lies elsewhere: `dist/esm/index.mjs` is looked for as `src/esm/index.*` and `src/index.*`; of a bundle under a name of its own, the
 * customary entry.
 *
 * @param sources paths relative to the package
 */
export function entrySources(manifest: Record<string, unknown>, sources: readonly string[]): string[] {
  const stems = new Map<string, string[]>();
  for (const source of sources) {
    const stem = source.replace(EXTENSION, '');
    stems.set(stem, [...(stems.get(stem) ?? []), source]);
  }
  const named = [manifest['main'], manifest['module'], manifest['exports'], manifest['bin']].flatMap(paths);
  const entries = named.length > 0 ? named : ['index.js'];
  return [...new Set(entries.flatMap((entry) => sourcesOf(entry, stems)))];
}

/** All files that a value of the manifest names; what stands under `types` is no code. */
function paths(value: unknown): string[] {
  if (typeof value === 'string') return EXTENSION.test(value) || path.posix.extname(value) === '' ? [value] : [];
  if (Array.isArray(value)) return value.flatMap(paths);
  if (typeof value !== 'object' || value === null) return [];
  return Object.entries(value).flatMap(([key, one]) => (key === 'types' ? [] : paths(one)));
}

function sourcesOf(entry: string, stems: ReadonlyMap<string, string[]>): string[] {
  const stem = path.posix.normalize(entry).replace(/^\.\//, '').replace(/\/$/, '').replace(EXTENSION, '');
  const segments = stem.split('/');
  const rests = segments.slice(1).map((_, i) => segments.slice(i + 1).join('/'));
  const bundled = segments.length > 1 ? ['src/index', 'src/main', 'lib/index', 'index'] : [];
  const candidates = [stem, ...rests.flatMap((rest) => ROOTS.map((root) => path.posix.join(root, rest))), ...bundled];
  for (const candidate of candidates.flatMap((one) => [one, path.posix.join(one, 'index')])) {
    const found = candidate.includes('*') ? matching(candidate, stems) : stems.get(candidate);
    if (found && found.length > 0) return found;
  }
  return [];
}

/** `src/*` of a manifest: any one name. */
function matching(candidate: string, stems: ReadonlyMap<string, string[]>): string[] {
  if (candidate.startsWith('*')) return [];
  const pattern = new RegExp(`^${candidate.replace(/[.+?^${}()|[\]\\]/g, '\\$&').replaceAll('*', '.+')}$`);
  return [...stems].flatMap(([stem, files]) => (pattern.test(stem) ? files : []));
}
