import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import { minimatch } from 'minimatch';
import { type FrameworkName, kindOf, relativePosix } from '../workspace/index.ts';
import type { HostRequest } from './host-messages.ts';

/** What a `stryker.config.*` of the user's says. Options that only StrykerJS itself looks at have no names here. */
export interface UserConfig {
  mutate?: string[];
  ignorePatterns?: string[];
  buildCommand?: string;
  mutator?: { excludedMutations?: string[]; plugins?: unknown };
  ignorers?: string[];
  checkers?: string[];
  plugins?: string[];
  appendPlugins?: string[];
  testRunnerNodeArgs?: string[];
  [option: string]: unknown;
}

/** The user's configuration cannot be read, or its module throws. */
export class UserConfigError extends Error {
  readonly file: string;

  constructor(file: string, cause: unknown) {
    super(cause instanceof Error ? cause.message : String(cause), { cause });
    this.file = file;
  }
}

/** The names that StrykerJS looks for (its SUPPORTED_CONFIG_FILE_NAMES), in its order. */
export const CONFIG_NAMES = ['stryker.conf', 'stryker.config', '.stryker.conf', '.stryker.config'].flatMap((name) =>
  ['json', 'js', 'mjs', 'cjs'].map((extension) => `${name}.${extension}`),
);

/** Reads the user's own StrykerJS configuration; an empty one where there is none. */
export async function readUserConfig(directory: string): Promise<UserConfig> {
  for (const name of CONFIG_NAMES) {
    const file = path.join(directory, name);
    if (!(await kindOf(file))) continue;
    try {
      if (name.endsWith('.json')) return JSON.parse(await readFile(file, 'utf8')) as UserConfig;
      return ((await import(pathToFileURL(file).href)) as { default?: UserConfig }).default ?? {};
    } catch (error) {
      throw new UserConfigError(file, error);
    }
  }
  return {};
}

/** What the user's configuration adds to the command line of a test framework: where its configuration and its tests are. */
export function frameworkArguments(framework: FrameworkName, user: UserConfig): string[] {
  const options = (name: string) => Object.entries((user[name] ?? {}) as Record<string, unknown>);
  const flags = (known: Record<string, string>, name: string) =>
    options(name).flatMap(([option, value]) => (known[option] !== undefined && typeof value === 'string' ? [`${known[option]}=${value}`] : []));
  if (framework === 'vitest') return flags({ configFile: '--config', dir: '--dir' }, 'vitest');
  if (framework === 'jest') return flags({ configFile: '--config' }, 'jest');
  if (framework !== 'mocha') return [];
  return options('mochaOptions').flatMap(([option, value]) => {
    if (value === false) return [`--no-${option}`];
    const values = [value].flat();
    if (option === 'spec') return values.map(String);
    return values.map((one) => (one === true ? `--${option}` : `--${option}=${one}`));
  });
}

/** What the user's configuration says about a package apart from mutants: what is left out of a copy, what builds the code that its tests import, and {@link frameworkArguments}. */
export async function readStaging(directory: string, framework: FrameworkName): Promise<{ ignore: string[]; build?: string; args: string[] }> {
  const user = await readUserConfig(directory);
  const { ignorePatterns = [], buildCommand } = user;
  return { ignore: ignorePatterns, ...(buildCommand && { build: buildCommand }), args: frameworkArguments(framework, user) };
}

/** The targets that the user's `mutate` patterns name; those that a person named stay whatever the patterns say. */
export function wantedTargets(request: Pick<HostRequest, 'targets' | 'directory'>, user: Pick<UserConfig, 'mutate'>): HostRequest['targets'] {
  const wanted = (user.mutate ?? []).filter((pattern) => !pattern.startsWith('!')).map((pattern) => pattern.replace(/:\d+(:\d+)?-\d+(:\d+)?$/, ''));
  const excluded = (user.mutate ?? []).filter((pattern) => pattern.startsWith('!')).map((pattern) => pattern.slice(1));
  const matches = (patterns: string[], file: string) =>
    patterns.some((pattern) => minimatch(relativePosix(request.directory, file), path.posix.normalize(pattern)));
  return request.targets.filter(({ file, named }) => named || ((wanted.length === 0 || matches(wanted, file)) && !matches(excluded, file)));
}
