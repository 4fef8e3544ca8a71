import path from 'node:path';
import { listOf, loadMochaOptions, nodeArguments, specsOf } from '../mocha-package.ts';

/** The options that StrykerJS's Mocha runner takes over as they are. */
const TAKEN = ['require', 'ignore', 'file', 'ui', 'grep', 'extension', 'async-only'] as const;
const LISTS = new Set<string>(['require', 'ignore', 'file', 'extension', 'spec']);

/**
 * A package's Mocha options for StrykerJS's runner, which knows neither the test script, nor `--recursive`, nor flags for Node such as `--import tsx`.
 *
 * @param args what the test script passes to Mocha
 * @param directory absolute path of the (staged) package
 */
export function mochaOptions(args: string[], directory: string): { options: Record<string, unknown>; nodeArgs: string[] } {
  const loaded = loadMochaOptions(args, directory);
  const options: Record<string, unknown> = {};
  for (const name of TAKEN) {
    const value = loaded[name];
    if (value !== undefined && !(Array.isArray(value) && value.length === 0)) options[name] = LISTS.has(name) ? listOf(value) : value;
  }
  const spec = specsOf(loaded);
  if (spec.length) options['spec'] = loaded['recursive'] ? spec.flatMap((one) => recursive(one, listOf(loaded['extension']))) : spec;
  return { options, nodeArgs: nodeArguments(loaded, directory) };
}

/** A directory with `--recursive` is all files below it; a pattern or a file stays what it is. */
function recursive(spec: string, extensions: string[]): string[] {
  if (/[*?{[]/.test(spec) || path.extname(spec)) return [spec];
  return (extensions.length ? extensions : ['js', 'cjs', 'mjs']).map(
    (extension) => `${spec.replace(/\/$/, '')}/**/*.${extension.replace(/^\./, '')}`,
  );
}
