export type { Answer, Candidate, Ecosystem, Member, NamedTool, Project, ProjectCommand, Purpose } from './model.ts';
