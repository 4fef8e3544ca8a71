import { asTable, dig, jsonLine, listOf, stringsOf, type Table } from '../text/documents.ts';
import { below, type Tree } from '../text/tree.ts';

/** A target that Nx runs for the projects of a workspace, whatever scripts they have. */
export interface NxTarget {
  name: string;
  file: string;
  line: number;
}

/**
 * The target of a name that the nx.json of a folder speaks of: one that it gives defaults for, or that a plugin makes for each project that is set up for it
 * (https://nx.dev/docs/reference/nx-json).
 */
export function nxTarget(tree: Tree, directory: string, name: string): NxTarget | undefined {
  const file = below(directory, 'nx.json');
  const text = tree.text(file);
  const table = tree.json(file);
  if (text === undefined || !table) return undefined;
  if (asTable(dig(table, 'targetDefaults', name))) return { name, file, line: jsonLine(text, ['targetDefaults', name]) };
  const plugins = Array.isArray(table['plugins']) ? table['plugins'] : [];
  const isMade = plugins.some((plugin) => targetsOf(asTable(dig(plugin, 'options'))).includes(name));
  return isMade ? { name, file, line: jsonLine(text, ['plugins']) } : undefined;
}

/** The names of the targets that a plugin makes: options like `testTargetName`, or a table of each target with its `targetName`. */
function targetsOf(options: Table | undefined): string[] {
  const own = Object.entries(stringsOf(options)).flatMap(([option, name]) => (/targetname$/i.test(option) ? [name] : []));
  return [...own, ...Object.values(options ?? {}).flatMap((one) => listOf(dig(one, 'targetName')))];
}
