import type { Evidence } from '../../model/index.ts';
import type { Ecosystem, Member, NamedTool, Project, ProjectCommand, Purpose } from '../model.ts';
import type { Tasks } from '../tasks/task.ts';
import type { Ground } from './grounds.ts';

/** What one place of a project says for an answer. */
export interface Proposal<T> {
  value: T;
  /** What kind of place it is: how far to believe it. */
  ground: Ground;
  evidence: Evidence;
}

/** What the files of a project say, before it is weighed; paths are relative to the workspace. */
export interface Draft {
  name: string;
  directory: string;
  ecosystem: Ecosystem;
  language: Project['language'];
  manager: Proposal<NamedTool>[];
  members: Member[];
  /** Folders (relative) whose manifests are known with this one, and are no projects of their own. */
  covers: ReadonlySet<string>;
  framework: Proposal<NamedTool>[];
  coverage: Proposal<NamedTool>[];
  commands: Record<Purpose, Proposal<ProjectCommand>[]>;
  tasks: Tasks;
}

/** No commands yet. */
export function noCommands(): Draft['commands'] {
  return { install: [], build: [], typecheck: [], test: [], start: [] };
}
