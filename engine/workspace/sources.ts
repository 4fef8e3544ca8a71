import { readdir } from 'node:fs/promises';
import path from 'node:path';
import { relativePosix } from './files.ts';

/** What can be mutated: JavaScript and TypeScript, with or without JSX, in each module flavour. */
const SOURCE = /\.(?:[cm]?[jt]s|[jt]sx)$/;
/** What looks like a test, a declaration, a configuration or a story by its name: StrykerJS's default `mutate` patterns leave the first kind out too. */
const NOT_SOURCE =
  /(?:\.(?:test|spec|stories|bench|d|test-d|config|setup)\.|(?:^|\/)(?:__tests__|__mocks__|__snapshots__|__fixtures__|tests?|spec|e2e|cypress|fixtures|coverage|dist|build|out|lib-cov|examples?|benchmarks?|docs?|scripts?)\/|(?:^|\/)\.|(?:^|\/)(?:gruntfile|gulpfile|vitest\.workspace|vitest\.projects)\.)/i;
/** Test files of Python, Go and Rust; those of Rust are all, for tests stand beside what they test. */
const OTHER_TESTS = /(?:^|\/)test_[^/]*\.py$|_test\.py$|(?:^|\/)(?:tests?|testing)\/(?:.*\/)?[^/]*test[^/]*\.py$|_test\.go$|\.rs$/i;
const TEST = /\.(?:test|spec)\.|(?:^|\/)(?:__tests__|tests?|spec)\/|(?:^|\/)test\.[^/]+$/i;
const SKIPPED_FOLDERS = new Set(['node_modules', 'bower_components', 'vendor', 'target', 'venv', '__pycache__', 'site-packages']);

/** Whether a file's name says that it is JavaScript or TypeScript source; declarations are not. */
export function isSource(file: string): boolean {
  return SOURCE.test(file) && !/\.d\.[cm]?ts$/.test(file);
}

/** Whether a path, relative to its package with forward slashes, is source that a run on a whole folder mutates: not tests, configs, builds. */
export function isMutationCandidate(relative: string): boolean {
  return isSource(relative) && !NOT_SOURCE.test(relative);
}

/** All candidates below `directory`, absolute and sorted; `base` is the package that relative paths are judged from. */
export async function findSources(directory: string, base: string): Promise<string[]> {
  return (await walk(directory)).filter((file) => isMutationCandidate(relativePosix(base, file)));
}

/** Whether a path, relative to a folder with forward slashes, looks like a test by its name or folder. */
export function isTestFile(relative: string): boolean {
  return (isSource(relative) && TEST.test(relative)) || OTHER_TESTS.test(relative);
}

/** All files of JavaScript and TypeScript below `directory` that look like tests by their name or folder, absolute and sorted. */
export async function findTests(directory: string): Promise<string[]> {
  return (await findTestFiles(directory)).filter(isSource);
}

/** The same of all languages whose tests are read. */
export async function findTestFiles(directory: string): Promise<string[]> {
  return (await walk(directory)).filter((file) => isTestFile(relativePosix(directory, file)));
}

async function walk(directory: string): Promise<string[]> {
  const found: string[] = [];
  const visit = async (folder: string) => {
    const entries = await readdir(folder, { withFileTypes: true }).catch(() => []);
    for (const entry of entries) if (entry.isFile()) found.push(path.join(folder, entry.name));
    const folders = entries.filter((entry) => entry.isDirectory() && !entry.name.startsWith('.') && !SKIPPED_FOLDERS.has(entry.name));
    await Promise.all(folders.map((entry) => visit(path.join(folder, entry.name))));
  };
  await visit(directory);
  return found.sort();
}
