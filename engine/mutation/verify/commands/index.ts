import path from 'node:path';
import { type Command, type NodeRuntime, userEnvironment } from '../../../process/index.ts';
import { expandVariables, type FrameworkName, installedProgram, type TestPackage } from '../../../workspace/index.ts';
import type { PlainArguments } from './arguments.ts';
import { jest } from './jest.ts';
import { mocha } from './mocha.ts';
import { nodeTest } from './node-test.ts';
import { vitest } from './vitest.ts';

const FRAMEWORKS: Record<FrameworkName, PlainArguments> = { vitest, jest, mocha, 'node:test': nodeTest };

/** The test command of a package as a person would type it, to be run in a copy of the package. */
export interface PlainCommand extends Command {
  /** The command in words, for example `vitest run --bail=1`: from within the package, without what only the copy needs. */
  words: string;
}

/** Where a plain command runs and what it runs on. */
export interface Place {
  package: TestPackage;
  node: NodeRuntime;
  /** Absolute path of the copy of the package. */
  directory: string;
  /** Absolute path of a folder that is removed with the copy. */
  cache: string;
  /** Arguments without which the command does not pass, see {@link argumentsToPass}. */
  added: readonly string[];
}

/** Arguments with which a command that failed without a mutant may pass, from its last lines; none where tests failed. */
export function argumentsToPass(framework: FrameworkName, tail: readonly string[]): string[] {
  return FRAMEWORKS[framework].toPass?.(tail) ?? [];
}

/**
 * The command that runs all tests as the package's test script does, or those of some files (absolute paths in the copy);
 * undefined where the framework is not to be found or cannot run some files alone.
 */
export async function plainCommand(place: Place, files?: readonly string[]): Promise<PlainCommand | undefined> {
  const { package: pkg, node, directory, cache, added } = place;
  const { name, command } = pkg.framework;
  const only = files ? FRAMEWORKS[name].only(command.args, files) : [];
  // Node's own runner is no program of its own.
  const program = name === 'node:test' ? '--test' : await installedProgram(pkg, name);
  if (!only || !program) return undefined;
  const args = [...FRAMEWORKS[name].whole(command.args, cache), ...added, ...only];
  const env = environment(place);
  return {
    program: node.path,
    args: [...command.nodeArgs, program, ...args],
    cwd: directory,
    env: { ...env, ...expandVariables(command.env, env) },
    words: [
      name === 'node:test' ? 'node --test' : name,
      ...args.filter((arg) => !arg.includes(cache)).map((arg) => arg.replace(`${directory}${path.sep}`, '')),
    ].join(' '),
  };
}

/** A line for the shell that builds what the tests import. */
export function buildCommand(place: Pick<Place, 'directory' | 'node'>, line: string): PlainCommand {
  const [program, args] = process.platform === 'win32' ? ['cmd.exe', ['/d', '/s', '/c', line]] : ['/bin/sh', ['-c', line]];
  return { program, args, cwd: place.directory, env: environment(place), words: line };
}

function environment({ node, directory }: Pick<Place, 'directory' | 'node'>): NodeJS.ProcessEnv {
  const user = userEnvironment();
  // Windows spells it Path.
  const name = Object.keys(user).find((key) => key.toUpperCase() === 'PATH') ?? 'PATH';
  const folders = [path.join(directory, 'node_modules', '.bin'), path.dirname(node.path), user[name] ?? ''];
  return { ...user, CI: '1', [name]: folders.join(path.delimiter) };
}
