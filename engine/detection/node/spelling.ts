import { type Agent, resolveCommand } from 'package-manager-detector';
import type { NamedTool } from '../model.ts';

/** The words with which a manager runs a script: `npm test`, `pnpm run build`. */
export function runScript(manager: NamedTool, name: string): string[] {
  if (/^(test|start)$/.test(name) && manager.name !== 'bun') return [manager.name, name];
  return spelled(manager, 'run', [name]);
}

/** The words with which it starts a program of an installed package. */
export function runProgram(manager: NamedTool, program: readonly string[]): string[] {
  if (manager.name === 'npm') return ['npx', ...program];
  // All generations of Yarn run a program as they run a script; `exec` was another thing in the first.
  if (manager.name === 'yarn') return ['yarn', 'run', ...program];
  return spelled(manager, 'execute-local', [...program]);
}

/** The words with which it installs what is locked, or what is asked for where nothing is. */
export function install(manager: NamedTool, locked: boolean): string[] {
  const words = spelled(manager, locked ? 'frozen' : 'install', []);
  return words.map((word, i) => (word === 'i' && i === 1 ? 'install' : word));
}

/** The words with which it runs a script in all packages of a workspace that have it. */
export function runEverywhere(manager: NamedTool, name: string): string[] {
  if (manager.name === 'pnpm') return ['pnpm', '-r', 'run', name];
  if (manager.name === 'bun') return ['bun', 'run', '--filter', '*', name];
  if (agentOf(manager) === 'yarn@berry') return ['yarn', 'workspaces', 'foreach', '-A', 'run', name];
  if (manager.name === 'yarn') return ['yarn', 'workspaces', 'run', name];
  return ['npm', 'run', name, '--workspaces', '--if-present'];
}

function spelled(manager: NamedTool, command: 'run' | 'execute-local' | 'frozen' | 'install', args: string[]): string[] {
  const resolved = resolveCommand(agentOf(manager), command, args);
  return resolved ? [resolved.command, ...resolved.args] : [manager.name, ...args];
}

function agentOf({ name, version = '' }: NamedTool): Agent {
  if (name === 'yarn') return version === 'berry' || Number.parseInt(version, 10) >= 2 ? 'yarn@berry' : 'yarn';
  return name === 'pnpm' && Number.parseInt(version, 10) <= 6 ? 'pnpm@6' : (name as Agent);
}
