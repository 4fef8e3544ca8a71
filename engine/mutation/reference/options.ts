import { createRequire } from 'node:module';
import path from 'node:path';
import type { PartialStrykerOptions } from '@stryker-mutator/api/core';
import type { Range } from '../../model/index.ts';
import { relativePosix } from '../../workspace/index.ts';
import { OTHER_MUTATORS } from '../extreme.ts';
import type { HostRequest } from '../host-messages.ts';
import type { UserConfig } from '../stryker-config.ts';
import { mochaOptions } from './mocha-options.ts';

/** What one run decides; paths are absolute. */
export interface RunOptions {
  stage: string;
  /** What in the stage is a symbolic link into the original, relative to it: hidden from StrykerJS, which would write through it. */
  links: readonly string[];
  runFolder: string;
  plugin: string;
  /** Whether only tests run that are known to load the mutated files; Mocha runs all tests anyway. */
  related: boolean;
}

/**
 * The options of one StrykerJS run: what the user's configuration says about mutants and tests, and what this run decides:
 * in place in the stage, our reporter, our runner around the framework's, no thresholds, no files.
 */
export function strykerOptions(
  request: HostRequest,
  user: UserConfig,
  { stage, links, runFolder, plugin, related }: RunOptions,
): PartialStrykerOptions {
  const { name, configFile, args, nodeArgs } = request.framework;
  const options: Record<string, unknown> = { ...user };
  for (const ours of [
    'configFile',
    'dashboard',
    'thresholds',
    'incrementalFile',
    'force',
    'htmlReporter',
    'jsonReporter',
    'eventReporter',
    '$schema',
    '_comment',
    'packageManager',
    'commandRunner',
    'appendPlugins',
  ]) {
    delete options[ours];
  }
  Object.assign(options, {
    configFile: path.join(runFolder, 'stryker.json'),
    testRunner: 'assay',
    reporters: ['assay'],
    plugins: [plugin, ...userPlugins(user, request.directory)],
    coverageAnalysis: 'perTest',
    inPlace: true,
    incremental: false,
    cleanTempDir: false,
    tempDirName: path.join(runFolder, 'stryker'),
    fileLogLevel: 'off',
    logLevel: 'info',
    allowConsoleColors: false,
    clearTextReporter: { allowColor: false },
    warnings: false,
    mutate: mutatePatterns(request),
    ignorePatterns: [...(user.ignorePatterns ?? []), ...links.map((link) => `/${escapeGlob(link)}`)],
    dryRunTimeoutMinutes: request.dryRunMinutes,
    testRunnerNodeArgs: [...(user.testRunnerNodeArgs ?? []), ...nodeArgs],
  });
  if (request.targets.some(({ bodies }) => bodies)) options['mutator'] = { ...user.mutator, excludedMutations: OTHER_MUTATORS };
  if (request.concurrency !== undefined) options['concurrency'] = request.concurrency;
  const staged = configFile === undefined ? undefined : relativePosix(request.directory, configFile);
  if (name === 'vitest') {
    const fromScript = { ...configArgument(args, staged), ...argument(args, 'dir', '--dir') };
    options['vitest'] = { ...fromScript, ...(user['vitest'] as object | undefined), ...(!related && { related: false }) };
  }
  if (name === 'jest') {
    options['jest'] = {
      ...configArgument(args, undefined),
      ...(user['jest'] as object | undefined),
      ...(!related && { enableFindRelatedTests: false }),
    };
  }
  if (name === 'mocha') {
    const mocha = mochaOptions(args, stage);
    options['mochaOptions'] = { ...mocha.options, ...(user['mochaOptions'] as object | undefined) };
    options['testRunnerNodeArgs'] = [...(options['testRunnerNodeArgs'] as string[]), ...mocha.nodeArgs];
  }
  return options as PartialStrykerOptions;
}

/** StrykerJS's pattern of a file or, for ranges, one `file:line:column-line:column` each (lines from 1, columns from 0). */
export function mutatePatterns(request: Pick<HostRequest, 'targets' | 'directory'>): string[] {
  return request.targets.flatMap(({ file, ranges }) => {
    const name = escapeGlob(relativePosix(request.directory, file));
    return ranges ? ranges.map((range) => `${name}:${stretch(range)}`) : [name];
  });
}

function stretch({ start, end }: Range): string {
  return `${start.line + 1}:${start.column}-${end.line + 1}:${end.column}`;
}

/** A pattern that matches a name: by classes and `?`, because StrykerJS takes a backslash for a separator. */
function escapeGlob(name: string): string {
  return name.replace(/[\\[\]{}()*?!+@]/g, (sign) => (sign === '[' ? '[[]' : sign === ']' ? '[]]' : '?'));
}

function configArgument(args: string[], found: string | undefined): { configFile?: string } {
  const given = argument(args, 'configFile', '--config', '-c');
  if ('configFile' in given) return given;
  return found === undefined || found.includes('.workspace.') ? {} : { configFile: found };
}

function argument(args: string[], option: string, ...flags: string[]): Record<string, string> {
  for (const [i, arg] of args.entries()) {
    const [flag, ...rest] = arg.split('=');
    if (!flags.includes(flag as string)) continue;
    const value = rest.length ? rest.join('=') : args[i + 1];
    if (value) return { [option]: value };
  }
  return {};
}

/** The user's own plugins (ignorers, checkers), resolved from the user's package; the framework runners are ours. */
function userPlugins(user: UserConfig, directory: string): string[] {
  const require = createRequire(path.join(directory, 'package.json'));
  const implied = (user.checkers ?? []).map((checker) => `@stryker-mutator/${checker}-checker`);
  return [...new Set([...(user.plugins ?? []), ...(user.appendPlugins ?? []), ...implied])].flatMap((plugin) => {
    if (plugin.includes('*') || /^@stryker-mutator\/[a-z]+-runner$/.test(plugin)) return [];
    if (/^(\.|\/|file:)/.test(plugin)) return [plugin];
    try {
      return [require.resolve(plugin)];
    } catch {
      return [plugin];
    }
  });
}
