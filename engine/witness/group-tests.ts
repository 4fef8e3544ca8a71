import path from 'node:path';
import { type Failure, fail, type Result } from '../model/index.ts';
import { findPackage, findTests, isInside, isSource, kindOf, type TestPackage } from '../workspace/index.ts';

/** Test files that are run by the framework of one package. */
export interface TestGroup {
  package: TestPackage;
  /** Absolute paths. */
  files: string[];
}

/**
 * Expands directories into their test files and sorts all by the package that runs them.
 *
 * @param paths test files and directories, absolute
 * @param folders the open folders; each path must lie in one of them
 * @param failures takes the reasons for what cannot be run
 */
export async function groupTests(paths: readonly string[], folders: readonly string[], failures: Failure[]): Promise<TestGroup[]> {
  const groups = new Map<string, TestGroup>();
  const packages = new Map<string, Result<TestPackage>>();
  const reasons = new Map<string, Failure>();
  for (const one of paths) {
    const folder = folders.filter((open) => isInside(open, one)).sort((a, b) => b.length - a.length)[0];
    const files = folder ? await testsIn(one) : [];
    if (files.length === 0) reasons.set(one, noTests(one));
    for (const file of files) {
      const directory = path.dirname(file);
      const found = packages.get(directory) ?? (await findPackage(file, folder as string));
      packages.set(directory, found);
      if (!found.ok) {
        reasons.set(found.failure.message, found.failure);
        continue;
      }
      const group = groups.get(found.value.directory) ?? { package: found.value, files: [] };
      groups.set(found.value.directory, group);
      if (!group.files.includes(file)) group.files.push(file);
    }
  }
  failures.push(...reasons.values());
  return [...groups.values()];
}

async function testsIn(one: string): Promise<string[]> {
  const kind = await kindOf(one);
  if (kind === 'directory') return findTests(one);
  return kind === 'file' && isSource(one) ? [one] : [];
}

function noTests(where: string): Failure {
  return fail({
    code: 'no-tests',
    message: `There are no tests to run in ${where}.`,
    action: 'Name test files of JavaScript or TypeScript in an open folder, or a directory that holds some.',
  }).failure;
}
