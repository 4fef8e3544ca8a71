import type { Project } from './model.ts';

export type { Answer, Candidate, Ecosystem, Member, NamedTool, Project, ProjectCommand, Purpose } from './model.ts';

export async function detect(_directory: string, _signal?: AbortSignal): Promise<{ projects: Project[] }> {
  return { projects: [] };
}
