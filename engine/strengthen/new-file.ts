import path from 'node:path';

/** A test file that is not there, and the one that it is to be like. Absolute paths. */
export interface NewFile {
  path: string;
  model: string;
}

/** What a test file's name has beyond that of the file it tests. */
const MARK = /(?:[._-](?:tests?|specs?)|(?<=[a-z\d])(?:Tests?|Specs?))(?=\.[cm]?[jt]sx?$)/;
const HOME = /^(?:__tests__|tests?|specs?)$/;

/**
 * Where a test file for a file would stand that has none, as the project's others stand: beside the files that they test, in a folder for tests there, or in
 * one for all, in the folder of the same name in it where there are some. Undefined where there is no other.
 *
 * @param file absolute path, as are those of the test files
 * @param directory that of the package
 */
export function newFileFor(file: string, testFiles: readonly string[], directory: string): NewFile | undefined {
  const home = path.dirname(file);
  const places = testFiles.map((model) => ({ model, folder: folderFor(home, model, testFiles, directory) }));
  const distance = ({ model, folder }: (typeof places)[number]) => [
    path.dirname(model) === folder ? 0 : 1,
    path.relative(home, path.dirname(model)).split(path.sep).length,
  ];
  const [best] = places.sort((a, b) => compare(distance(a), distance(b)));
  if (!best) return undefined;
  const { model, folder } = best;
  const name = path.basename(model);
  const stem = path.basename(file).replace(/\.[cm]?[jt]sx?$/, '');
  return { path: path.join(folder, stem + (MARK.exec(name)?.[0] ?? '') + path.extname(name)), model };
}

function folderFor(home: string, model: string, testFiles: readonly string[], directory: string): string {
  const parts = path.relative(directory, path.dirname(model)).split(path.sep);
  const at = parts.findIndex((part) => HOME.test(part));
  // Beside what it tests.
  if (at < 0) return home;
  const under = parts[at] as string;
  if (at > 0) return path.join(home, under);
  const [, ...inside] = path.relative(directory, home).split(path.sep);
  const mirrored = path.join(directory, under, ...inside);
  return testFiles.some((one) => path.dirname(one) === mirrored) ? mirrored : path.dirname(model);
}

function compare([a = 0, b = 0]: number[], [c = 0, d = 0]: number[]): number {
  return a - c || b - d;
}
