import { isRead } from '../engine/detection/index.ts';
import { PROJECT_CONFIG, relativePosix } from '../engine/workspace/index.ts';
import { toPath } from './convert.ts';
import type { Workspace } from './workspace.ts';

/** Whether a file (a URI) says how a project of the open folders is built and tested. */
export function saysHow(uri: string, workspace: Workspace): boolean {
  const file = toPath(uri);
  const folder = file === undefined ? undefined : workspace.folderOf(file);
  return file !== undefined && folder !== undefined && (uri.endsWith(`/${PROJECT_CONFIG}`) || isRead(relativePosix(folder, file)));
}
