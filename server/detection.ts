import { findPackage } from '../engine/workspace/index.ts';
import { toPath } from './convert.ts';
import type { Detected } from './protocol.ts';
import type { Workspace } from './workspace.ts';

/** What Assay would do for a file, with the evidence for it. */
export async function detect(uri: string, workspace: Workspace): Promise<Detected> {
  const file = toPath(uri);
  const folder = file === undefined ? undefined : workspace.folderOf(file);
  if (file === undefined || folder === undefined)
    return {
      evidence: [],
      failure: {
        code: 'outside-workspace',
        message: 'This file lies outside of the open folders.',
        action: 'Open the folder that holds its tests.',
      },
    };
  const found = await findPackage(file, folder);
  if (!found.ok) return { evidence: [], failure: found.failure };
  const { name, directory, framework, evidence } = found.value;
  return {
    packageName: name,
    directory,
    framework: `${framework.name} ${framework.version}`.trimEnd(),
    testPatterns: framework.testPatterns,
    evidence,
  };
}
