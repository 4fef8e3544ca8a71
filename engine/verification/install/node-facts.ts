import path from 'node:path';
import type { Project } from '../../detection/index.ts';
import { kindOf, readJson, readText, upwards } from '../../workspace/index.ts';
import { lockedVersions } from './locked-versions.ts';
import type { NodeDependency, NodeFacts } from './needed.ts';

const LOCKS = ['pnpm-lock.yaml', 'yarn.lock', 'bun.lock', 'npm-shrinkwrap.json', 'package-lock.json'];
/** So many dependencies of the packages of a workspace are looked up at most: what is missing shows in the first. */
const MOST_LOOKED_UP = 1000;

/** Reads what is installed of what a Node project depends on: its own dependencies with their versions, those of its packages by name. */
export async function nodeFacts({ directory, members }: Pick<Project, 'directory' | 'members'>): Promise<NodeFacts> {
  const own = await ranges(directory);
  const there = await Promise.all(LOCKS.map((name) => readText(path.join(directory, name))));
  const at = there.findIndex((text) => text !== undefined);
  const lock = LOCKS[at];
  const locked = lock === undefined ? new Map<string, string>() : lockedVersions(lock, there[at] ?? '', own);
  const dependencies: NodeDependency[] = [];
  for (const name of own.keys()) dependencies.push(await lookUp(name, directory, locked.get(name)));
  for (const member of members) {
    if (dependencies.length > MOST_LOOKED_UP) break;
    for (const name of (await ranges(member.directory)).keys()) dependencies.push(await lookUp(name, member.directory));
  }
  return {
    dependencies,
    hasModules: (await above(directory, 'node_modules', 'directory')) !== undefined,
    isPlugAndPlay: (await above(directory, '.pnp.cjs', 'file')) !== undefined,
    ...(lock !== undefined && { lock }),
  };
}

/** What a package needs to be built and tested, with the ranges that it asks for; what it can do without is left out. */
async function ranges(directory: string): Promise<Map<string, string>> {
  const table = (await readJson(path.join(directory, 'package.json'))) ?? {};
  const optional = new Set(Object.keys(Object(table['optionalDependencies'])));
  const all = { ...Object(table['devDependencies']), ...Object(table['dependencies']) } as Record<string, unknown>;
  return new Map(Object.entries(all).filter((entry): entry is [string, string] => typeof entry[1] === 'string' && !optional.has(entry[0])));
}

async function lookUp(name: string, directory: string, locked?: string): Promise<NodeDependency> {
  const folder = await above(directory, path.join('node_modules', name), 'directory');
  if (folder === undefined) return { name };
  const version = /"version"\s*:\s*"([^"]+)"/.exec(locked === undefined ? '' : ((await readText(path.join(folder, 'package.json'))) ?? ''))?.[1];
  return { name, installed: version ?? '', ...(locked !== undefined && { locked }) };
}

/** The nearest such folder or file, in a directory or above it, where Node looks for modules, too. */
async function above(directory: string, name: string, kind: 'directory' | 'file'): Promise<string | undefined> {
  for (const at of upwards(directory, path.parse(directory).root)) if ((await kindOf(path.join(at, name))) === kind) return path.join(at, name);
  return undefined;
}
