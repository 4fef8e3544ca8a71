import path from 'node:path';
import { minimatch } from 'minimatch';
import type { NamedTool, ProjectCommand } from '../model.ts';
import { folderTasks } from '../tasks/read.ts';
import { Tasks } from '../tasks/task.ts';
import { dig, listOf } from '../text/documents.ts';
import type { Tree } from '../text/tree.ts';
import type { OutsideCommand } from '../weighing/outside.ts';
import type { Draft } from '../weighing/proposal.ts';
import { weighManagers } from '../weighing/weigh.ts';
import { commandProposals } from './commands.ts';
import { coverageProposals, frameworkProposals } from './frameworks.ts';
import { managerProposals } from './manager.ts';
import { type PythonSettings, readSettings } from './settings.ts';
import { pythonTasks } from './tasks.ts';

/** What the files of a folder say of a Python project. */
export function pythonProject(tree: Tree, directory: string, outside: readonly OutsideCommand[]): Draft | undefined {
  const settings = readSettings(tree, directory);
  if (!settings) return undefined;
  const tasks = new Tasks([...pythonTasks(tree, settings), ...folderTasks(tree, directory)]);
  const manager = managerProposals(tree, settings, outside);
  const chosen: NamedTool = weighManagers(manager)[0]?.value ?? { name: 'pip' };
  const members = workspaceMembers(tree, settings);
  const framework = frameworkProposals(tree, settings, tasks);
  const command = (argv: readonly string[], env: Record<string, string> = {}): ProjectCommand => ({ argv, env, cwd: tree.absolute(directory) });
  return {
    name: nameOf(settings) ?? path.basename(tree.absolute(directory)),
    directory,
    ecosystem: 'python',
    language: 'python',
    manager,
    members: members.map((one) => ({ name: nameOf(one) ?? path.posix.basename(one.directory), directory: tree.absolute(one.directory) })),
    covers: new Set(members.map((one) => one.directory)),
    framework,
    coverage: coverageProposals(tree, settings),
    commands: commandProposals(tree, settings, tasks, chosen, manager, framework, command),
    tasks,
  };
}

function nameOf({ pyproject, texts }: PythonSettings): string | undefined {
  const name = dig(pyproject?.table, 'project', 'name') ?? dig(pyproject?.table, 'tool', 'poetry', 'name');
  return typeof name === 'string'
    ? name
    : (/^\s*name\s*=\s*["']?([\w.-]+)/m.exec(texts.get('setup.cfg') ?? texts.get('setup.py') ?? '')?.[1] ?? undefined);
}

/** The packages of uv's workspace. */
function workspaceMembers(tree: Tree, { directory, pyproject }: PythonSettings): PythonSettings[] {
  const wanted = listOf(dig(pyproject?.table, 'tool', 'uv', 'workspace', 'members'));
  const unwanted = listOf(dig(pyproject?.table, 'tool', 'uv', 'workspace', 'exclude'));
  if (wanted.length === 0) return [];
  const prefix = directory === '' ? '' : `${directory}/`;
  return tree
    .holding('pyproject.toml')
    .filter((folder) => folder !== directory && folder.startsWith(prefix))
    .filter((folder) => {
      const relative = folder.slice(prefix.length);
      return wanted.some((pattern) => minimatch(relative, pattern)) && !unwanted.some((pattern) => minimatch(relative, pattern));
    })
    .sort()
    .flatMap((folder) => readSettings(tree, folder) ?? []);
}
