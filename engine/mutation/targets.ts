import { realpath } from 'node:fs/promises';
import path from 'node:path';
import { type Failure, fail, ok, type Range, type Result } from '../model/index.ts';
import { findPackage, findSources, isInside, isSource, kindOf, type TestPackage } from '../workspace/index.ts';
import type { Target } from './executor.ts';

/** A file or directory (absolute path) that a person asks to mutate; `ranges` of a file limit it to the mutants inside them. */
export interface MutateTarget {
  path: string;
  ranges?: Range[];
  /** Whether a person named it, which is so by default for files: patterns in a configuration then do not apply. */
  named?: boolean;
}

/** What is mutated in one package. */
export interface Group {
  package: TestPackage;
  targets: Target[];
}

/**
 * Expands directories into their source files and sorts all files by the package whose tests judge them.
 *
 * @param folders the open folders, absolute; each target must lie in one of them
 * @param failures takes the reasons for targets that cannot be run
 */
export async function groupByPackage(
  targets: readonly MutateTarget[],
  folders: readonly string[],
  overlays: ReadonlyMap<string, string>,
  failures: Failure[],
): Promise<Group[]> {
  const groups = new Map<string, Group>();
  const known = new Map<string, Promise<Result<TestPackage>>>();
  const packageOf = (file: string, folder: string) => {
    const directory = path.dirname(file);
    const found = known.get(directory) ?? findPackage(file, folder);
    known.set(directory, found);
    return found;
  };
  const add = (pkg: TestPackage, target: Target) => {
    const group = groups.get(pkg.directory) ?? { package: pkg, targets: [] };
    const same = group.targets.find(({ file }) => file === target.file);
    if (!same) group.targets.push(target);
    else if (same.ranges && target.ranges) same.ranges.push(...target.ranges);
    else delete same.ranges;
    groups.set(pkg.directory, group);
  };
  /** Why packages cannot be run, each once however many files of it are asked for. */
  const reasons = new Map<string, Failure>();
  for (const target of targets) {
    const folder = folders.filter((one) => isInside(one, target.path)).sort((a, b) => b.length - a.length)[0];
    const files = folder ? await expand(target.path, overlays) : fail(outside(target.path));
    if (!files.ok || !folder) {
      if (!files.ok) failures.push(files.failure);
      continue;
    }
    for (const file of files.value.files) {
      const pkg = await packageOf(file, folder);
      if (pkg.ok) add(pkg.value, { file, named: target.named ?? files.value.named, ...(target.ranges && { ranges: [...target.ranges] }) });
      else reasons.set(pkg.failure.message, pkg.failure);
    }
  }
  failures.push(...reasons.values());
  return [...groups.values()];
}

async function expand(target: string, overlays: ReadonlyMap<string, string>): Promise<Result<{ files: string[]; named: boolean }>> {
  const kind = overlays.has(target) ? 'file' : await kindOf(target);
  if (kind === undefined) {
    return fail({
      code: 'file-not-found',
      message: `${target} does not exist.`,
      action: 'Give an existing file or directory; a new file must be saved once.',
    });
  }
  if (kind === 'directory') {
    const files = await findSources(target, target);
    if (files.length > 0) return ok({ files, named: false });
    return fail({
      code: 'not-a-source-file',
      message: `${target} holds no JavaScript or TypeScript source to mutate.`,
      action: 'Give a file or directory of source; tests, configurations and build output are left out.',
    });
  }
  if (!isSource(target)) {
    return fail({
      code: 'not-a-source-file',
      message: `${target} is not JavaScript or TypeScript.`,
      action: 'Give a .js, .jsx, .ts, .tsx, .mjs, .cjs, .mts or .cts file.',
    });
  }
  // What is mutated is the file itself: a link in a stage leads to the original.
  return ok({ files: [overlays.has(target) ? target : await realpath(target)], named: true });
}

function outside(target: string): Failure {
  return {
    code: 'outside-workspace',
    message: `${target} lies outside of the open folders.`,
    action: 'Open the folder that holds its package.json and tests, then run again.',
  };
}
