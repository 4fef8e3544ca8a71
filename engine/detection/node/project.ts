import path from 'node:path';
import { LOCKS } from 'package-manager-detector';
import type { NamedTool, ProjectCommand, Purpose } from '../model.ts';
import { folderTasks } from '../tasks/read.ts';
import { Tasks } from '../tasks/task.ts';
import { below, parentOf, type Tree } from '../text/tree.ts';
import type { OutsideCommand } from '../weighing/outside.ts';
import { type Draft, noCommands, type Proposal } from '../weighing/proposal.ts';
import { weighManagers } from '../weighing/weigh.ts';
import { coverageProposals, frameworkProposals } from './frameworks.ts';
import { managerProposals } from './manager.ts';
import { isProject, type Manifest, readManifest, scriptTasks } from './manifest.ts';
import { workspaceMembers } from './members.ts';
import { nxTarget } from './nx.ts';
import { needsCi, scriptProposals } from './scripts.ts';
import { install, runEverywhere, runProgram, runScript } from './spelling.ts';

/** What the package.json of a folder and the files beside it say. */
export function nodeProject(tree: Tree, directory: string, outside: readonly OutsideCommand[]): Draft | undefined {
  const manifest = readManifest(tree, directory);
  if (!manifest || !isProject(manifest) || isPartOfAnother(tree, manifest)) return undefined;
  const members = workspaceMembers(tree, manifest);
  const everywhere = folderTasks(tree, directory);
  const packages = [manifest, ...members];
  const tasks = new Map(packages.map((one) => [one, new Tasks([...scriptTasks(one), ...(one === manifest ? everywhere : [])])]));
  const manager = managerProposals(tree, manifest, outside);
  const chosen = weighManagers(manager)[0]?.value ?? { name: 'npm' };
  const framework = frameworkProposals(tree, packages, tasks);
  return {
    name: typeof manifest.table['name'] === 'string' && manifest.table['name'] ? manifest.table['name'] : path.basename(tree.absolute(directory)),
    directory,
    ecosystem: 'node',
    language: isTypeScript(tree, packages) ? 'typescript' : 'javascript',
    manager,
    members: members.map((one) => ({
      name: String(one.table['name'] ?? path.posix.basename(one.directory)),
      directory: tree.absolute(one.directory),
    })),
    covers: new Set(members.map((one) => one.directory)),
    framework,
    coverage: coverageProposals(tree, packages, tasks),
    commands: commandProposals(tree, manifest, members, tasks.get(manifest) as Tasks, chosen, manager, framework),
    tasks: tasks.get(manifest) as Tasks,
  };
}

/** Whether a package.json below another one neither runs nor locks anything: what a test or a folder of modules needs. */
function isPartOfAnother(tree: Tree, { directory, scripts }: Manifest): boolean {
  if (Object.keys(scripts).length > 0 || Object.keys(LOCKS).some((name) => tree.has(below(directory, name)))) return false;
  for (let folder = directory; folder !== ''; ) {
    folder = parentOf(folder);
    if (tree.has(below(folder, 'package.json'))) return true;
  }
  return false;
}

function isTypeScript(tree: Tree, packages: readonly Manifest[]): boolean {
  return packages.some(({ directory, dependencies }) => dependencies['typescript'] !== undefined || tree.has(below(directory, 'tsconfig.json')));
}

function commandProposals(
  tree: Tree,
  manifest: Manifest,
  members: readonly Manifest[],
  tasks: Tasks,
  manager: NamedTool,
  managers: readonly Proposal<NamedTool>[],
  framework: readonly Proposal<NamedTool>[],
): Draft['commands'] {
  const cwd = tree.absolute(manifest.directory);
  const commands = noCommands();
  const command = (argv: readonly string[], env: Record<string, string> = {}): ProjectCommand => ({ argv, env, cwd });
  const decided = managers.find(({ value }) => value.name === manager.name);
  const locked = managers.some(({ value, ground }) => value.name === manager.name && /lock file/.test(ground) && ground !== 'no lock file');
  if (decided) commands.install.push({ value: command(install(manager, locked)), ground: 'way to install', evidence: decided.evidence });
  const main = manifest.table['main'];
  const asItIs = typeof main === 'string' && ['', '.js'].some((end) => tree.has(below(manifest.directory, `${main}${end}`)));
  const everywhere = EVERYWHERE.flatMap(([purpose, names]) => {
    const [name, having] = mostCommon(members, names);
    const task = having && scriptTasks(having).find((one) => one.name === name);
    return task ? [{ purpose, name, task }] : [];
  });
  for (const purpose of ['build', 'typecheck', 'test', 'start'] as const) {
    const spread = everywhere.some((one) => one.purpose === purpose);
    commands[purpose].push(
      ...scriptProposals(tree, tasks, purpose, { everywhere: spread, asItIs }, (name) =>
        command(runScript(manager, name), purpose === 'test' && needsCi(name, tasks) ? { CI: '1' } : {}),
      ),
    );
  }
  for (const { purpose, name, task } of everywhere) {
    const runner = orchestrator(tree, manifest, name);
    const argv = runner ? runProgram(manager, runner) : runEverywhere(manager, name);
    const evidence = tree.at(task.file, task.line, `packages of the workspace have a script "${name}"`);
    commands[purpose].push({ value: command(argv, purpose === 'test' ? { CI: '1' } : {}), ground: 'workspace has it', evidence });
  }
  for (const purpose of ['build', 'typecheck', 'test'] as const) {
    const target = commands[purpose].length === 0 ? nxTarget(tree, manifest.directory, purpose) : undefined;
    if (!target) continue;
    commands[purpose].push({
      value: command(runProgram(manager, ['nx', 'run-many', '-t', target.name]), purpose === 'test' ? { CI: '1' } : {}),
      ground: 'workspace has it',
      evidence: tree.at(target.file, target.line, `Nx has a target "${target.name}" for its projects`),
    });
  }
  for (const purpose of ['build', 'test'] as const) {
    const target = commands[purpose].length === 0 ? RUNNERS.flatMap((runner) => tasks.find(runner, purpose) ?? [])[0] : undefined;
    if (!target) continue;
    const evidence = tree.at(target.file, target.line, `the target "${purpose}" is there for it`);
    commands[purpose].push({
      value: command([target.runner, purpose]),
      ground: purpose === 'test' ? 'task that runs tests' : 'script that builds',
      evidence,
    });
  }
  if (commands.test.length === 0) commands.test.push(...frameworkCommands(framework, manager, command));
  if (tree.has(below(manifest.directory, 'tsconfig.json')) && manifest.dependencies['typescript'] !== undefined) {
    const evidence = tree.at(below(manifest.directory, 'tsconfig.json'), 1, 'TypeScript is set up here');
    commands.typecheck.push({ value: command(runProgram(manager, ['tsc', '--noEmit'])), ground: 'types are checked', evidence });
  }
  return commands;
}

const RUNNERS = ['make', 'just', 'task'] as const;

/** Scripts that packages of a workspace have for a purpose, by the names that are usual. */
const EVERYWHERE: readonly [Exclude<Purpose, 'install' | 'start'>, readonly string[]][] = [
  ['build', ['build', 'compile']],
  ['typecheck', ['typecheck', 'type-check', 'check-types', 'check:types']],
  ['test', ['test', 'test:unit', 'test-unit']],
];

/** The name that most members have as a script, and the first that has it. */
function mostCommon(members: readonly Manifest[], names: readonly string[]): [name: string, first: Manifest | undefined] {
  const counted = names.map((name) => ({ name, having: members.filter(({ scripts }) => scripts[name] !== undefined) }));
  const [best] = counted.sort((a, b) => b.having.length - a.having.length);
  return [best?.name ?? '', best?.having[0]];
}

/** What runs the scripts of all packages in the right order, where something other than the manager does. */
function orchestrator(tree: Tree, { directory, dependencies }: Manifest, script: string): string[] | undefined {
  if (tree.has(below(directory, 'turbo.json')) || dependencies['turbo']) return ['turbo', 'run', script];
  if (tree.has(below(directory, 'nx.json'))) return ['nx', 'run-many', '-t', script];
  return dependencies['lerna'] ? ['lerna', 'run', script] : undefined;
}

/** How to start a framework that is set up and that no script starts. */
const STARTS: Record<string, readonly string[]> = {
  vitest: ['vitest', 'run'],
  jest: ['jest'],
  mocha: ['mocha'],
  ava: ['ava'],
  tap: ['tap'],
  jasmine: ['jasmine'],
  uvu: ['uvu'],
};

function frameworkCommands(
  framework: readonly Proposal<NamedTool>[],
  manager: NamedTool,
  command: (argv: readonly string[]) => ProjectCommand,
): Proposal<ProjectCommand>[] {
  return framework.flatMap(({ value, ground, evidence }) => {
    const argv = STARTS[value.name];
    if (!argv || (ground !== 'tool is configured' && ground !== 'tool is a dependency')) return [];
    return [
      { value: command(runProgram(manager, argv)), ground: ground === 'tool is configured' ? 'framework is set up' : 'documents say so', evidence },
    ];
  });
}
