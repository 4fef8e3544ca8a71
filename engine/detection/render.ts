import type { Evidence } from '../model/index.ts';
import { relativePosix } from '../workspace/index.ts';
import type { Detection } from './model.ts';

/** All answers of `assay detect` as JSON, with paths relative to the directory that was looked at; docs/detect.schema.json describes it. */
export function renderDetection({ directory, projects, unread, foreign }: Detection, version: string): string {
  const relative = (file: string) => relativePosix(directory, file) || '.';
  const place = ({ file, ...rest }: Evidence) => ({ ...(file !== undefined && { file: relative(file) }), ...rest });
  const told = projects.map((project) => ({
    ...project,
    directory: relative(project.directory),
    members: project.members.map((member) => ({ ...member, directory: relative(member.directory) })),
  }));
  const document = { version, directory, projects: told, unread: unread.map(place), foreign: foreign.map(place) };
  return `${JSON.stringify(document, (key, value) => (key === 'evidence' ? value.map(place) : key === 'cwd' ? relative(value) : value), 2)}\n`;
}
