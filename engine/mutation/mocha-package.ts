import { createRequire } from 'node:module';
import path from 'node:path';

/** Mocha's options as it reads them itself: its test script's arguments, its configuration file and its package.json. */
export type LoadedOptions = Record<string, unknown> & { _?: string[] };

/**
 * Loads a part of the user's own Mocha that is not in its door; such files had several endings over the versions.
 *
 * @param directory absolute path of the package that has Mocha installed
 * @param name path below `lib/`, without its ending
 */
export function mochaPart<Part>(directory: string, name: string): Part | undefined {
  const require = createRequire(path.join(directory, 'package.json'));
  for (const ending of ['.cjs', '.js', '.mjs']) {
    try {
      return require(path.join(path.dirname(require.resolve('mocha/package.json')), 'lib', `${name}${ending}`)) as Part;
    } catch {
      // This version has another name for it.
    }
  }
  return undefined;
}

/** Reads a package's Mocha options with the user's own Mocha, as `mocha` itself would. Empty where they cannot be read. */
export function loadMochaOptions(args: string[], directory: string): LoadedOptions {
  const part = mochaPart<{ loadOptions(args: string[]): LoadedOptions | undefined }>(directory, 'cli/options');
  return part?.loadOptions(args) ?? {};
}

/** The files, directories and patterns that say where the tests are. */
export function specsOf(loaded: LoadedOptions): string[] {
  return [...new Set([...(loaded._ ?? []).map(String), ...listOf(loaded['spec'])])];
}

/** The arguments for Node that Mocha's options hold: it starts Node anew with them. */
export function nodeArguments(loaded: LoadedOptions, directory: string): string[] {
  const part = mochaPart<{ isNodeFlag(name: string): boolean }>(directory, 'cli/node-flags');
  const names = Object.keys(loaded).filter((name) => /^[a-z][a-z0-9-]+$/.test(name) && !/^inspect/.test(name) && part?.isNodeFlag(name));
  const flags = names.flatMap((name) => {
    const value = loaded[name];
    return typeof value === 'boolean' ? [value ? `--${name}` : `--no-${name}`] : listOf(value).map((one) => `--${name}=${one}`);
  });
  const options = listOf(loaded['node-option']).map((option) => (option.startsWith('-') ? option : `--${option}`));
  return [...flags, ...options];
}

/** An option that may be given once, several times or not at all. */
export function listOf(value: unknown): string[] {
  if (value === undefined || value === null || value === false) return [];
  return (Array.isArray(value) ? value : [value]).map(String);
}
