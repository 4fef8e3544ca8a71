import { statSync } from 'node:fs';
import path from 'node:path';

/** The files of the workspace that arguments for Node name, absolute: what they load is loaded once a process. */
export function filesAmong(nodeArgs: readonly string[], directory: string): string[] {
  return nodeArgs
    .map((argument) => path.resolve(directory, argument.replace(/^--[\w-]+=/, '')))
    .filter((file) => statSync(file, { throwIfNoEntry: false })?.isFile());
}
