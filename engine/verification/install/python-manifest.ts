import path from 'node:path';
import { parse as parseToml } from 'smol-toml';
import { readText } from '../../workspace/index.ts';

type Table = Record<string, unknown>;

/** What a pyproject.toml says of dependencies, as requirements that pip takes. */
export interface PythonManifest {
  /** What it needs to run. */
  needed: readonly string[];
  /** What its tests need besides: its groups for them alone. */
  ofTests: readonly string[];
  /** The same, and what those need who work on it. */
  forTests: readonly string[];
}

/** Groups that hold what tests need, and those that hold other tools as well. */
const OF_TESTS = /^(test|tests|testing)$/;
const FOR_TESTS = /^(dev|develop|test|tests|testing)$/;

/** The dependencies of a project; none where there is no pyproject.toml that can be understood. */
export async function pythonManifest(directory: string): Promise<PythonManifest> {
  try {
    const table = parseToml((await readText(path.join(directory, 'pyproject.toml'))) ?? '') as Table;
    const poetry = tableAt(table, 'tool', 'poetry');
    const groups = { ...tableAt(table, 'dependency-groups'), ...tableAt(table, 'tool', 'pdm', 'dev-dependencies') };
    const poetryGroups = Object.entries(tableAt(poetry, 'group')).map(([name, group]) => [name, tableAt(group, 'dependencies')] as const);
    const named = (wanted: RegExp) => [
      ...Object.entries(groups).flatMap(([name, list]) => (wanted.test(name) ? texts(list) : [])),
      ...[...poetryGroups, ['dev', tableAt(poetry, 'dev-dependencies')] as const].flatMap(([name, list]) =>
        wanted.test(name) ? ofPoetry(list) : [],
      ),
    ];
    return {
      needed: [...texts(tableAt(table, 'project')['dependencies']), ...ofPoetry(tableAt(poetry, 'dependencies'))],
      ofTests: named(OF_TESTS),
      forTests: named(FOR_TESTS),
    };
  } catch {
    return { needed: [], ofTests: [], forTests: [] };
  }
}

function tableAt(value: unknown, ...keys: string[]): Table {
  const at = keys.reduce<unknown>((inner, key) => (typeof inner === 'object' && inner !== null ? (inner as Table)[key] : undefined), value);
  return typeof at === 'object' && at !== null && !Array.isArray(at) ? (at as Table) : {};
}

function texts(value: unknown): string[] {
  return Array.isArray(value) ? value.filter((one): one is string => typeof one === 'string') : [];
}

/** Poetry's own ranges pip does not read: the names, without those that only some systems need. */
function ofPoetry(dependencies: Table): string[] {
  return Object.entries(dependencies)
    .filter(([name, value]) => name !== 'python' && !['optional', 'markers', 'python', 'platform'].some((key) => key in tableAt(value)))
    .map(([name]) => name);
}
