import path from 'node:path';
import type { ProjectCommand } from '../../detection/index.ts';
import { shippedFile } from '../../installation/index.ts';
import { COVERAGE_VARIABLE } from '../coverage/index.ts';
import { EVENTS_VARIABLE, ONLY_VARIABLE } from './events.ts';
import type { Program } from './programs.ts';

type Environment = Readonly<Record<string, string | undefined>>;

/**
 * A command with what makes Node's test frameworks, pytest and go tell us what their tests do, wherever below it they are started. Variables that are
 * set already, for the command or around us, keep what is in them.
 *
 * @param around the environment that the command is going to get besides its own
 */
export function withHooks(command: ProjectCommand, program: Program, events: string, around: Environment): ProjectCommand {
  const before = (name: string) => command.env[name] ?? around[name];
  const node = program === 'node' || program === 'other' ? nodeHook(before) : {};
  const python = program === 'python' || program === 'other' ? pythonHook(before) : {};
  const go = program === 'other' ? goHook(before) : {};
  if (program === 'go' || program === 'cargo') return command;
  return { ...command, env: { ...command.env, [EVENTS_VARIABLE]: events, ...node, ...python, ...go } };
}

function nodeHook(before: (name: string) => string | undefined): Record<string, string> {
  const file = shippedFile('dist', 'verify', 'preload.cjs').replaceAll('\\', '/');
  const option = `--require=${/[\s"]/.test(file) ? JSON.stringify(file) : file}`;
  return {
    NODE_OPTIONS: joined(' ', option, before('NODE_OPTIONS')),
    ASSAY_TEST_PRELOAD: option,
    // Turborepo gives its tasks only the variables that it is told of, and ours would not be among them.
    TURBO_ENV_MODE: before('TURBO_ENV_MODE') ?? 'loose',
  };
}

/** On the path, our plugin is found by pytest as one that is installed (`pytest11` in its `entry_points.txt`); where a project replaces the path, nothing is missed. */
function pythonHook(before: (name: string) => string | undefined): Record<string, string> {
  const passed = [EVENTS_VARIABLE, ONLY_VARIABLE, COVERAGE_VARIABLE, 'PYTHONPATH'].join(',');
  return {
    PYTHONPATH: joined(path.delimiter, shippedFile('dist', 'verify', 'python'), before('PYTHONPATH')),
    // tox gives its environments only what it is told to.
    TOX_OVERRIDE: joined(';', before('TOX_OVERRIDE'), `testenv.pass_env+=${passed}`),
  };
}

/** Only where /proc tells whether go speaks to us. */
function goHook(before: (name: string) => string | undefined): Record<string, string> {
  return process.platform === 'linux' ? { PATH: joined(path.delimiter, shippedFile('dist', 'verify', 'bin'), before('PATH')) } : {};
}

function joined(by: string, ...parts: (string | undefined)[]): string {
  return parts.filter((part) => part).join(by);
}
