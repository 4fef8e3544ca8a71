import { mkdirSync } from 'node:fs';
import path from 'node:path';

/** What Node processes are started with that can change no files but in some folders, and start no processes. */
export interface Confinement {
  nodeArgs: string[];
  env: NodeJS.ProcessEnv;
}

/**
 * Node's permission model (https://nodejs.org/api/permissions.html). Native code is allowed, for compilers and resolvers are native; connections are, where
 * Node asks for it, for workers connect to their host.
 *
 * @param folder where files may be changed; temporary files are made in it
 */
export function confinement(folder: string): Confinement {
  const temporary = path.join(folder, 'temporary');
  mkdirSync(temporary, { recursive: true });
  const connects = process.allowedNodeEnvironmentFlags.has('--allow-net') ? ['--allow-net'] : [];
  return {
    nodeArgs: ['--permission', '--allow-fs-read=*', mayWrite(folder), '--allow-addons', ...connects],
    env: { TMPDIR: temporary, TEMP: temporary, TMP: temporary },
  };
}

/** One more folder in which files may be changed. */
export function mayWrite(folder: string): string {
  return `--allow-fs-write=${folder}`;
}
