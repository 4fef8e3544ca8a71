export { detect } from './detect.ts';
export type { Answer, Candidate, Detection, Ecosystem, Member, NamedTool, Project, ProjectCommand, Purpose } from './model.ts';
export { renderDetection } from './render.ts';
export { type LineTool, toolsOfLine } from './tasks/line-tools.ts';
export { isRead, WATCHED } from './text/wanted.ts';
