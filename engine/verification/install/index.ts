import { existsSync } from 'node:fs';
import path from 'node:path';
import type { Project } from '../../detection/index.ts';
import { shellLines } from '../shell-line.ts';
import { findIn } from './find.ts';
import { missingForNode, missingForPython } from './needed.ts';
import { nodeFacts } from './node-facts.ts';
import { type InstallPlan, installPlan } from './plan.ts';
import { pythonFacts } from './python-facts.ts';

/** Dependencies of a project that are not there, and how they would be installed. */
export interface Uninstalled extends InstallPlan {
  /** What shows that they are not there: a sentence. */
  why: string;
}

/**
 * Whether a project's dependencies are there, by what its manifest, lock file and installed packages say; undefined where they are, or where its tools fetch
 * them by themselves (Go, Cargo).
 *
 * @param programFolders absolute paths of folders in which programs are looked for first
 */
export async function findUninstalled(project: Project, programFolders: readonly string[], signal: AbortSignal): Promise<Uninstalled | undefined> {
  const searched = [...programFolders, process.env['PATH']].filter(Boolean).join(path.delimiter);
  const why = await missing(project, programFolders, searched, signal);
  if (why === undefined) return undefined;
  const isThere = (program: string) => findIn(searched, program) !== undefined;
  return { why, ...(await installPlan(project, (file) => existsSync(path.join(project.directory, file)), isThere)) };
}

/** The commands as a person would type them in one line; empty where there are none. */
export function installLine({ commands }: Pick<Uninstalled, 'commands'>): string {
  return shellLines(commands);
}

/** The folder of programs of the virtual environment that installing makes. */
export function madeEnvironment({ ecosystem, directory }: Project): string[] {
  return ecosystem === 'python' ? [path.join(directory, '.venv', process.platform === 'win32' ? 'Scripts' : 'bin')] : [];
}

async function missing(project: Project, programFolders: readonly string[], searched: string, signal: AbortSignal): Promise<string | undefined> {
  if (project.ecosystem === 'node') return missingForNode(await nodeFacts(project));
  if (project.ecosystem !== 'python') return undefined;
  const [folder] = programFolders;
  const environment = folder === undefined ? undefined : path.basename(path.dirname(folder));
  return missingForPython(await pythonFacts(project, environment, searched, signal));
}
