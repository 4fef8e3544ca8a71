import path from 'node:path';
import { type LoadedOptions, listOf, loadMochaOptions, mochaPart, specsOf } from '../../mocha-package.ts';
import { NotHot } from '../host/driver.ts';
import type { MochaOptions } from './mocha-types.ts';
import type { MochaPlan } from './plan.ts';

/** Options about which files there are, how results are shown, and when a run ends; the rest is about tests. */
const NOT_FOR_TESTS =
  /^(_|\$0|spec|file|ignore|extension|recursive|sort|reporter.*|R|O|watch.*|parallel|jobs|bail|exit|forbid.*|color|colors|diff|inline.*|growl|dry.*|fail.*|pass.*|config|package|opts|node-?[oO]ption|n|import|loader|experimental.*)$/;

type LookupFiles = (spec: string, extensions: string[], recursive: boolean) => string | string[] | undefined;

/** Reads what Mocha is asked to do, with the user's own Mocha. Must run in the package's directory. */
export function mochaPlan(args: string[], directory: string): { plan: MochaPlan; loaded: LoadedOptions } {
  const loaded = loadMochaOptions(args, directory);
  if (loaded['delay']) throw new NotHot('"--delay" lets the tests say themselves when they run');
  if (loaded['dry-run']) throw new NotHot('"--dry-run" runs no test');
  const options: MochaOptions = Object.fromEntries(Object.entries(loaded).filter(([name]) => !NOT_FOR_TESTS.test(name)));
  const before = listOf(loaded['file']).map((file) => path.resolve(directory, file));
  const files = specFiles(loaded, directory).filter((file) => !before.includes(file));
  return { plan: { directory, options: { ...options, require: listOf(loaded['require']) }, before, files }, loaded };
}

/** The test files, found as Mocha's `lib/cli/collect-files` does. */
function specFiles(loaded: LoadedOptions, directory: string): string[] {
  const lookup = mochaPart<LookupFiles & { lookupFiles?: LookupFiles }>(directory, 'cli/lookup-files');
  const lookupFiles = lookup?.lookupFiles ?? lookup;
  if (!lookupFiles) throw new NotHot('this version of Mocha finds its files in a way that is not known');
  const extensions = listOf(loaded['extension']);
  const specs = specsOf(loaded);
  const found = (specs.length > 0 ? specs : ['./test']).flatMap((spec) => {
    try {
      return [lookupFiles(spec, extensions, loaded['recursive'] === true) ?? []].flat();
    } catch {
      // Mocha goes on with the other patterns where one matches nothing.
      return [];
    }
  });
  const ignored = listOf(loaded['ignore']);
  const wanted = found.filter((file) => !ignored.some((pattern) => path.matchesGlob(path.normalize(file), path.normalize(pattern))));
  // Two patterns may spell the same file in two ways.
  const files = [...new Set(wanted.map((file) => path.resolve(directory, file)))];
  return loaded['sort'] ? files.sort() : files;
}
