import { Minimatch } from 'minimatch';
import { dig, listOf } from '../text/documents.ts';
import { below, type Tree } from '../text/tree.ts';
import { type Manifest, readManifest } from './manifest.ts';

/** The packages of a workspace, without its root. */
export function workspaceMembers(tree: Tree, root: Manifest): Manifest[] {
  const patterns = workspacePatterns(tree, root);
  if (patterns.length === 0) return [];
  const wanted = patterns.filter((pattern) => !pattern.startsWith('!')).map((pattern) => new Minimatch(cleaned(pattern)));
  const unwanted = patterns.filter((pattern) => pattern.startsWith('!')).map((pattern) => new Minimatch(cleaned(pattern.slice(1))));
  const found: Manifest[] = [];
  for (const directory of tree.holding('package.json')) {
    if (directory === root.directory) continue;
    if (root.directory !== '' && !directory.startsWith(`${root.directory}/`)) continue;
    const relative = root.directory === '' ? directory : directory.slice(root.directory.length + 1);
    if (!wanted.some((pattern) => pattern.match(relative)) || unwanted.some((pattern) => pattern.match(relative))) continue;
    const manifest = readManifest(tree, directory);
    if (manifest) found.push(manifest);
  }
  return found.sort((a, b) => (a.directory < b.directory ? -1 : 1));
}

function workspacePatterns(tree: Tree, root: Manifest): string[] {
  const field = root.table['workspaces'];
  const own = [...listOf(field), ...listOf(dig(field, 'packages'))];
  const pnpm = listOf(tree.yaml(below(root.directory, 'pnpm-workspace.yaml'))?.value['packages']);
  const lerna = tree.json(below(root.directory, 'lerna.json'));
  const all = [...own, ...pnpm, ...listOf(lerna?.['packages'])];
  return all.length === 0 && lerna && lerna['useWorkspaces'] !== true ? ['packages/*'] : all;
}

function cleaned(pattern: string): string {
  return pattern
    .replace(/^\.\//, '')
    .replace(/\/+$/, '')
    .replace(/\/package\.json$/, '');
}
