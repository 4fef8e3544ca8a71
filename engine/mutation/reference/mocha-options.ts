import { createRequire } from 'node:module';
import path from 'node:path';

type Loaded = Record<string, unknown> & { _?: string[] };

/** The options that StrykerJS's Mocha runner takes over as they are. */
const TAKEN = ['require', 'ignore', 'file', 'ui', 'grep', 'extension', 'async-only'] as const;
const LISTS = new Set<string>(['require', 'ignore', 'file', 'extension', 'spec']);

/**
 * Reads a package's Mocha options with the user's own Mocha: the test script's arguments, its configuration file and its package.json,
 * as `mocha` itself would. StrykerJS's runner knows neither the script, nor `--recursive`, nor flags for Node such as `--import tsx`.
 *
 * @param args what the test script passes to Mocha
 * @param directory absolute path of the (staged) package
 */
export function mochaOptions(args: string[], directory: string): { options: Record<string, unknown>; nodeArgs: string[] } {
  const load = loader(directory);
  if (!load) return { options: {}, nodeArgs: [] };
  const loaded = load(args) ?? {};
  const options: Record<string, unknown> = {};
  for (const name of TAKEN) {
    const value = loaded[name];
    if (value !== undefined && !(Array.isArray(value) && value.length === 0)) options[name] = LISTS.has(name) ? list(value) : value;
  }
  const spec = specs(loaded);
  if (spec.length) options['spec'] = loaded['recursive'] ? spec.flatMap((one) => recursive(one, list(loaded['extension']))) : spec;
  return { options, nodeArgs: nodeArguments(loaded) };
}

type Loader = (args: string[]) => Loaded | undefined;

/** Mocha's own reader of its options; the file has had three names. */
function loader(directory: string): Loader | undefined {
  const require = createRequire(path.join(directory, 'package.json'));
  for (const name of ['options.cjs', 'options.js', 'options.mjs']) {
    try {
      return (require(path.join(path.dirname(require.resolve('mocha/package.json')), 'lib', 'cli', name)) as { loadOptions: Loader }).loadOptions;
    } catch {
      // This version has another name for it.
    }
  }
  return undefined;
}

function specs(loaded: Loaded): string[] {
  const positional = (loaded._ ?? []).map(String);
  return [...new Set([...positional, ...list(loaded['spec'])])];
}

/** A directory with `--recursive` is all files below it; a pattern or a file stays what it is. */
function recursive(spec: string, extensions: string[]): string[] {
  if (/[*?{[]/.test(spec) || path.extname(spec)) return [spec];
  return (extensions.length ? extensions : ['js', 'cjs', 'mjs']).map(
    (extension) => `${spec.replace(/\/$/, '')}/**/*.${extension.replace(/^\./, '')}`,
  );
}

function nodeArguments(loaded: Loaded): string[] {
  const flags = ['import', 'loader', 'experimental-loader'].flatMap((name) => list(loaded[name]).map((value) => `--${name}=${value}`));
  const options = list(loaded['node-option']).map((option) => (option.startsWith('-') ? option : `--${option}`));
  return [...flags, ...options];
}

function list(value: unknown): string[] {
  if (value === undefined || value === null || value === false) return [];
  return (Array.isArray(value) ? value : [value]).map(String);
}
