import { load as parseYaml } from 'js-yaml';

/**
 * The versions that a lock file has of a project's own dependencies, by name; those that are not there say nothing. Empty where the text cannot be understood.
 *
 * @param file name of the lock file
 * @param ranges what the manifest asks for, by name
 */
export function lockedVersions(file: string, text: string, ranges: ReadonlyMap<string, string>): Map<string, string> {
  try {
    return (READERS[file] ?? nothing)(text, ranges);
  } catch {
    return new Map();
  }
}

type Read = (text: string, ranges: ReadonlyMap<string, string>) => Map<string, string>;

const nothing: Read = () => new Map();
const READERS: Readonly<Record<string, Read>> = {
  'package-lock.json': npm,
  'npm-shrinkwrap.json': npm,
  'pnpm-lock.yaml': pnpm,
  'yarn.lock': yarn,
  'bun.lock': bun,
};

function npm(text: string, ranges: ReadonlyMap<string, string>): Map<string, string> {
  const { packages = {}, dependencies = {} } = JSON.parse(text) as Record<'packages' | 'dependencies', Record<string, { version?: string }>>;
  // The first format has no `packages`.
  return found(ranges, (name) => packages[`node_modules/${name}`]?.version ?? dependencies[name]?.version);
}

function pnpm(text: string, ranges: ReadonlyMap<string, string>): Map<string, string> {
  // What the packages are like follows, and is most of it.
  const head = text.split(/^(?:packages|snapshots):/m, 1)[0] ?? '';
  type Dependencies = Record<string, string | { version?: string }>;
  const table = parseYaml(head) as Record<string, unknown> & { importers?: Record<string, Record<string, Dependencies>> };
  const own = table.importers?.['.'] ?? (table as Record<string, Dependencies>);
  const all: Dependencies = { ...own['devDependencies'], ...own['dependencies'] };
  return found(ranges, (name) => {
    const one = all[name];
    // Behind the version stands what it was resolved with: `3.2.1(react@18.0.0)`, `/x/3.2.1_react@18`.
    return (typeof one === 'string' ? one : one?.version)?.replace(/[(_].*$/, '');
  });
}

function yarn(text: string, ranges: ReadonlyMap<string, string>): Map<string, string> {
  const versions = new Map<string, string>();
  for (const block of text.split(/\n(?=\S)/)) {
    const [head = '', ...lines] = block.split('\n');
    const version = lines.map((line) => /^ {2}"?version"?:? "?([^"\s]+)"?$/.exec(line)?.[1]).find((one) => one !== undefined);
    if (version === undefined) continue;
    for (const key of head.replace(/:$/, '').replaceAll('"', '').split(/,\s*/)) versions.set(key, version);
  }
  return found(ranges, (name) => versions.get(`${name}@${ranges.get(name)}`) ?? versions.get(`${name}@npm:${ranges.get(name)}`));
}

function bun(text: string, ranges: ReadonlyMap<string, string>): Map<string, string> {
  const { packages = {} } = JSON.parse(text.replace(/,(?=\s*[}\]])/g, '')) as { packages?: Record<string, [string]> };
  return found(ranges, (name) => packages[name]?.[0]?.slice(name.length + 1));
}

function found(ranges: ReadonlyMap<string, string>, versionOf: (name: string) => string | undefined): Map<string, string> {
  const pairs = [...ranges.keys()].map((name) => [name, versionOf(name)] as const);
  // Links to folders, archives and repositories have no version that can be compared.
  return new Map(pairs.filter((pair): pair is readonly [string, string] => /^\d+\.\d+\.\d+/.test(pair[1] ?? '')));
}
