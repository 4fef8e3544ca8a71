import type { Task } from '../tasks/task.ts';
import { asTable, dig, jsonLine, listOf, stringsOf, type Table } from '../text/documents.ts';
import { below, type Tree } from '../text/tree.ts';

/** A package.json. */
export interface Manifest {
  /** Relative to the workspace. */
  directory: string;
  file: string;
  text: string;
  table: Table;
  scripts: Readonly<Record<string, string>>;
  /** All that it depends on in any way, with the ranges. */
  dependencies: Readonly<Record<string, string>>;
}

/** The package.json of a folder, where there is one that can be understood. */
export function readManifest(tree: Tree, directory: string): Manifest | undefined {
  const file = below(directory, 'package.json');
  const text = tree.text(file);
  const table = tree.json(file);
  if (text === undefined || !table) return undefined;
  const fields = ['peerDependencies', 'optionalDependencies', 'devDependencies', 'dependencies'];
  const dependencies = Object.assign({}, ...fields.map((field) => stringsOf(table[field]))) as Record<string, string>;
  return { directory, file, text, table, scripts: stringsOf(table['scripts']), dependencies };
}

/** Whether there is more in it than what tells Node how to read modules. */
export function isProject({ scripts, dependencies, table }: Manifest): boolean {
  return (
    Object.keys(scripts).length > 0 ||
    Object.keys(dependencies).length > 0 ||
    table['workspaces'] !== undefined ||
    (table['name'] !== undefined && table['version'] !== undefined)
  );
}

/** The scripts as tasks; what wireit runs for a script is its own. */
export function scriptTasks({ scripts, file, text, table }: Manifest): Task[] {
  return Object.entries(scripts).map(([name, script]) => {
    const wired = script.trim() === 'wireit' ? asTable(dig(table, 'wireit', name)) : undefined;
    const command = wired?.['command'];
    return {
      runner: 'node',
      name,
      script: typeof command === 'string' ? command : script,
      // Others are in other packages.
      needs: wiredNeeds(wired?.['dependencies']).filter((need) => scripts[need] !== undefined),
      file,
      line: jsonLine(text, ['scripts', name]),
    };
  });
}

function wiredNeeds(dependencies: unknown): string[] {
  return Array.isArray(dependencies) ? dependencies.flatMap((one) => listOf(dig(one, 'script') ?? one)) : [];
}
