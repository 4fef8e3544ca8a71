import type { ProjectCommand } from '../detection/index.ts';
import { type DeclaredProofs, readProjectConfig } from '../workspace/index.ts';
import type { NamedCommands } from './plan.ts';

/** What only a shell understands: operators, variables, patterns, quotes. */
const SHELL = /[|&;<>()$`\\"'*?[\]{}~#!]/;
const ASSIGNMENT = /^([A-Za-z_]\w*)=(.*)$/;

/** The commands that the configuration of a project (its absolute path) names; none where it has none or it cannot be read. */
export async function configuredCommands(directory: string): Promise<NamedCommands> {
  const config = await readProjectConfig(directory);
  return config.ok ? namedCommands(config.value.verify, directory) : {};
}

/** The commands that a project's configuration names, in its directory (absolute). */
export function namedCommands({ compile, test, start }: DeclaredProofs, directory: string): NamedCommands {
  return {
    ...(compile && { compile: compile.map((line) => commandOf(line, directory)) }),
    ...(test !== undefined && { test: commandOf(test, directory) }),
    ...(start !== undefined && { start: commandOf(start, directory) }),
  };
}

/** A line as a person types it: its words where it has nothing but words and variables in front of them, else a shell that is given all of it. */
export function commandOf(line: string, cwd: string, platform: NodeJS.Platform = process.platform): ProjectCommand {
  const words = line.trim().split(/\s+/);
  if (SHELL.test(line)) return { argv: platform === 'win32' ? ['cmd', '/d', '/s', '/c', line] : ['sh', '-c', line], env: {}, cwd };
  const first = words.findIndex((word) => !ASSIGNMENT.test(word));
  const assignments = words.slice(0, Math.max(0, first)).map((word) => ASSIGNMENT.exec(word) as RegExpExecArray);
  return { argv: words.slice(Math.max(0, first)), env: Object.fromEntries(assignments.map(([, name, value]) => [name, value])), cwd };
}
