import { asTable, dig, lineOfMatch, listOf, stringsOf, type Table, tomlLine } from '../text/documents.ts';
import { below, type Tree } from '../text/tree.ts';

/** What the files of a Python project say, put together. */
export interface PythonSettings {
  directory: string;
  /** pyproject.toml, where there is one that can be understood. */
  pyproject?: { file: string; text: string; table: Table };
  /** Files beside it that are read as text: setup.py, setup.cfg, tox.ini… by name. */
  texts: ReadonlyMap<string, string>;
  /** Whatever it depends on in any way: a name in lower case, and where it stands. */
  dependencies: ReadonlyMap<string, { file: string; line: number; range: string }>;
  /** The names of the groups and extras of dependencies. */
  groups: ReadonlySet<string>;
  extras: ReadonlySet<string>;
}

const TEXTS =
  /^(setup\.(py|cfg)|tox\.(ini|toml)|noxfile\.py|pytest\.(ini|toml)|hatch\.toml|Pipfile|.*requirements.*\.(txt|in)|manage\.py|tasks\.py)$/i;

/** Reads what is in a folder for Python; undefined where nothing there makes it a project. */
export function readSettings(tree: Tree, directory: string): PythonSettings | undefined {
  const files = tree.files(directory);
  const texts = new Map(files.filter((name) => TEXTS.test(name)).map((name) => [name, tree.text(below(directory, name)) ?? '']));
  const file = below(directory, 'pyproject.toml');
  const text = tree.text(file);
  const table = tree.toml(file);
  const pyproject = text !== undefined && table ? { file, text, table } : undefined;
  if (!declaresProject(files, texts, table)) return undefined;
  const dependencies = new Map<string, { file: string; line: number; range: string }>();
  const add = (requirement: string, from: string, line: number) => {
    const match = /^\s*([A-Za-z0-9][\w.-]*)\s*(?:\[[^\]]*\])?\s*(.*)/.exec(requirement);
    if (!match) return;
    const name = (match[1] as string).toLowerCase().replaceAll('_', '-');
    if (!dependencies.has(name)) dependencies.set(name, { file: from, line, range: (match[2] as string).replace(/\s*[;#].*$/, '').trim() });
  };
  if (pyproject) for (const one of tomlRequirements(pyproject.table)) add(one, file, lineOfRequirement(pyproject.text, one));
  // Folders of requirements are not searched further than where they usually are.
  for (const folder of [directory, below(directory, 'requirements')]) {
    for (const name of tree.files(folder)) {
      const path = below(folder, name);
      if (folder === directory ? !/requirements.*\.(txt|in)$/i.test(name) : !/\.(txt|in)$/.test(name)) continue;
      for (const [i, line] of (tree.text(path) ?? '').split('\n').entries()) if (/^[A-Za-z]/.test(line)) add(line, path, i + 1);
    }
  }
  for (const name of ['setup.py', 'setup.cfg', 'tox.ini', 'noxfile.py', 'Pipfile']) {
    const found = texts.get(name);
    for (const tool of found === undefined ? [] : ['pytest', 'pytest-cov', 'coverage', 'nose', 'fastapi', 'flask', 'django', 'mypy']) {
      const place = new RegExp(`(^|[\\s"'=,])${tool}(?![\\w-])`, 'm');
      if (place.test(found ?? '')) add(tool, below(directory, name), lineOfMatch(found ?? '', place));
    }
  }
  const extras = new Set(
    Object.keys(asTable(dig(table, 'project', 'optional-dependencies')) ?? asTable(dig(table, 'tool', 'poetry', 'extras')) ?? {}),
  );
  return {
    directory,
    ...(pyproject && { pyproject }),
    texts,
    dependencies,
    extras,
    groups: new Set(Object.keys(asTable(table?.['dependency-groups']) ?? {})),
  };
}

function declaresProject(files: readonly string[], texts: ReadonlyMap<string, string>, table: Table | undefined): boolean {
  if (
    table?.['project'] ||
    dig(table, 'tool', 'poetry') ||
    dig(table, 'tool', 'uv', 'workspace') ||
    texts.has('setup.py') ||
    texts.has('manage.py') ||
    texts.has('Pipfile')
  )
    return true;
  if (/^\[metadata\]/m.test(texts.get('setup.cfg') ?? '')) return true;
  const sources = files.some((name) => name.endsWith('.py') && name !== 'noxfile.py');
  return (table?.['build-system'] !== undefined || files.includes('requirements.txt') || files.includes('tox.ini')) && sources;
}

function tomlRequirements(table: Table): string[] {
  const lists = [dig(table, 'project', 'dependencies'), ...Object.values(asTable(dig(table, 'project', 'optional-dependencies')) ?? {})];
  const groups = Object.values(asTable(table['dependency-groups']) ?? {});
  const poetry = asTable(dig(table, 'tool', 'poetry'));
  const poetryTables = [
    poetry?.['dependencies'],
    poetry?.['dev-dependencies'],
    ...Object.values(asTable(poetry?.['group']) ?? {}).map((one) => dig(one, 'dependencies')),
  ];
  const environments = Object.values(asTable(dig(table, 'tool', 'hatch', 'envs')) ?? {}).flatMap((one) => [
    dig(one, 'dependencies'),
    dig(one, 'extra-dependencies'),
  ]);
  const pdm = Object.values(asTable(dig(table, 'tool', 'pdm', 'dev-dependencies')) ?? {});
  return [
    ...[...lists, ...groups, ...environments, ...pdm, dig(table, 'tool', 'uv', 'dev-dependencies')].flatMap(listOf),
    ...poetryTables.flatMap((one) =>
      Object.entries(asTable(one) ?? {}).map(([name, range]) => `${name} ${typeof range === 'string' ? range : (stringsOf(range)['version'] ?? '')}`),
    ),
  ];
}

function lineOfRequirement(text: string, requirement: string): number {
  const name = /^[\w.-]+/.exec(requirement)?.[0] ?? requirement;
  return lineOfMatch(text, new RegExp(`^\\s*["']?${name.replaceAll('.', '\\.')}\\b|["']${name.replaceAll('.', '\\.')}\\b`, 'm'));
}

/** The line of a table of pyproject.toml. */
export function sectionLine({ pyproject }: PythonSettings, table: string): number {
  return pyproject ? tomlLine(pyproject.text, table) : 1;
}
