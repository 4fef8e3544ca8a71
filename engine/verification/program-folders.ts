import path from 'node:path';
import type { Project } from '../detection/index.ts';
import { findNode } from '../process/index.ts';
import { kindOf } from '../workspace/index.ts';

/** Where the Node of a project's scripts comes from: a setting, and the Node that this process is when that is the user's own. */
export interface NodeChoice {
  setting?: string | undefined;
  own?: { path: string; version: string } | undefined;
}

/** Folders of virtual environments, as tools name them by default: uv, Poetry (in-project), PDM and Hatch `.venv`, others by habit. */
const ENVIRONMENTS = ['.venv', 'venv', 'env'];

/** Folders (absolute) in which a project's programs are looked for before all others: the user's Node; a project's own virtual environment. */
export async function programFolders({ ecosystem, directory }: Project, node: NodeChoice): Promise<string[]> {
  if (ecosystem === 'node') {
    const found = await findNode({ ...node, directory });
    return found.ok ? [path.dirname(found.value.path)] : [];
  }
  if (ecosystem !== 'python') return [];
  for (const name of ENVIRONMENTS) {
    const folder = path.join(directory, name, process.platform === 'win32' ? 'Scripts' : 'bin');
    if ((await kindOf(path.join(directory, name, 'pyvenv.cfg'))) === 'file') return [folder];
  }
  return [];
}
