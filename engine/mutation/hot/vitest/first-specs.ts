import path from 'node:path';
import { fileOf, projectOf, type Spec } from './server-types.ts';

/**
 * Orders the test files in one of which a worker may begin before it is known which of them load what is mutated: those named like it and then others of
 * their project, or all where there is one project.
 */
export function firstSpecs(specs: readonly Spec[], mutated: readonly string[]): readonly Spec[] {
  const names = new Set(mutated.map(stem));
  const named = specs.filter((spec) => names.has(stem(fileOf(spec))));
  const projects = new Set((named.length > 0 ? named : specs).map(projectOf));
  const [project] = projects;
  if (projects.size !== 1) return named;
  return [...named, ...specs.filter((spec) => projectOf(spec) === project && !named.includes(spec))];
}

function stem(file: string): string {
  return path.basename(file).replace(/\..*/, '');
}
