import type { Answer, Detection, Purpose } from '../../engine/detection/index.ts';
import { relativePosix } from '../../engine/workspace/index.ts';

const PURPOSES: readonly Purpose[] = ['install', 'build', 'typecheck', 'test', 'start'];

/** All answers as lines, the likeliest first, each with the first of the places that say so; without confidences, which are measured elsewhere. */
export function detectionText({ directory, projects }: Detection): string {
  const relative = (file: string) => relativePosix(directory, file) || '.';
  const answer = <T>(question: string, candidates: Answer<T>, text: (value: T) => string) =>
    candidates.map(({ value, evidence: [first] }) => `  ${question}: ${text(value)} <- ${relative(first?.file ?? '')}:${first?.line}`);
  return projects
    .flatMap((project) => [
      `${relative(project.directory)}: ${project.name}, ${project.language}`,
      ...project.members.map((member) => `  member: ${member.name} in ${relative(member.directory)}`),
      ...answer('manager', project.manager, ({ name, version }) => [name, version].filter(Boolean).join(' ')),
      ...answer('framework', project.framework, ({ name, version }) => [name, version].filter(Boolean).join(' ')),
      ...answer('coverage', project.coverage, ({ name }) => name),
      ...PURPOSES.flatMap((purpose) =>
        answer(purpose, project.commands[purpose], ({ argv, env, cwd }) => {
          const words = [...Object.entries(env).map(([name, value]) => `${name}=${value}`), ...argv];
          return `${words.join(' ')}${cwd === project.directory ? '' : ` in ${relative(cwd)}`}`;
        }),
      ),
    ])
    .map((line) => `${line}\n`)
    .join('');
}
