import path from 'node:path';
import { minimatch } from 'minimatch';
import type { NamedTool, ProjectCommand } from '../model.ts';
import { targetProposals } from '../tasks/proposals.ts';
import { folderTasks } from '../tasks/read.ts';
import { type Task, Tasks } from '../tasks/task.ts';
import { asTable, dig, listOf, type Table, tomlLine } from '../text/documents.ts';
import { below, type Tree } from '../text/tree.ts';
import type { OutsideCommand } from '../weighing/outside.ts';
import { type Draft, noCommands, type Proposal } from '../weighing/proposal.ts';
import { libraryFamily } from './family.ts';
import { testedFeatures } from './features.ts';
import { ownProgramProposals } from './own-program.ts';

/** What the Cargo.toml of a folder says. */
export function rustProject(tree: Tree, directory: string, outside: readonly OutsideCommand[]): Draft | undefined {
  const file = below(directory, 'Cargo.toml');
  const text = tree.text(file);
  const table = tree.toml(file);
  if (text === undefined || !table || !(table['package'] || table['workspace'])) return undefined;
  const members = workspaceMembers(tree, directory, table);
  const tasks = new Tasks([...folderTasks(tree, directory), ...aliases(tree, directory)]);
  const command = (argv: readonly string[]): ProjectCommand => ({ argv, env: {}, cwd: tree.absolute(directory) });
  const here = tree.at(
    file,
    tomlLine(text, table['workspace'] ? 'workspace' : 'package'),
    `Cargo.toml makes it a ${table['workspace'] ? 'workspace' : 'crate'}`,
  );
  const rustVersion = dig(table, 'package', 'rust-version') ?? dig(table, 'workspace', 'package', 'rust-version');
  const manager: NamedTool = { name: 'cargo', ...(typeof rustVersion === 'string' && { version: rustVersion }) };
  // Without it, Cargo takes the root's own package alone where there is one, or the default members, which are there to be taken.
  const chosen = dig(table, 'workspace', 'default-members') !== undefined;
  const all = members.length > 0 && !chosen ? ['--workspace'] : [];
  const commands = noCommands();
  commands.install.push({ value: command(['cargo', 'fetch']), ground: 'way to install', evidence: here });
  commands.build.push({ value: command(['cargo', 'build', ...all]), ground: 'language builds', evidence: here });
  commands.typecheck.push({ value: command(['cargo', 'check', ...all]), ground: 'typecheck script', evidence: here });
  const crates = [directory, ...members].flatMap((one) => {
    const its = tree.toml(below(one, 'Cargo.toml'));
    return its ? [{ directory: one, table: its }] : [];
  });
  const features = testedFeatures(tree, crates, libraryFamily(tree, directory, crates, outside));
  // What is there to be taken is not all that is tested where something changes.
  const tested = members.length > 0 ? ['--workspace'] : [];
  const plain: Proposal<ProjectCommand> = { value: command(['cargo', 'test', ...tested]), ground: 'task that runs tests', evidence: here };
  const withFeatures = { ...plain, value: command(['cargo', 'test', ...tested, '--all-features']) };
  const options = features.tested === 'all' ? ['--all-features'] : features.feature === undefined ? [] : ['--features', features.feature];
  if (features.tested === 'same') commands.test.push({ ...plain, ground: 'language runs tests' });
  else if (features.tested === 'default') commands.test.push({ ...plain, ground: 'language runs tests, features aside' }, withFeatures);
  else
    commands.test.push(
      { value: command(['cargo', 'test', ...tested, ...options]), ground: 'features are wanted', evidence: features.because ?? here },
      plain,
    );
  const nextest = nextestEvidence(tree, directory);
  if (nextest)
    commands.test.push({ value: command(['cargo', 'nextest', 'run', ...tested, ...options]), ground: 'framework is set up', evidence: nextest });
  commands.test.push(
    ...ownProgramProposals(tree, directory, tasks, outside, command),
    ...targetProposals(
      tree,
      tasks,
      'test',
      { same: 'task that runs tests', other: 'target that runs tests its own way', prepared: 'target that runs tests its own way' },
      ['cargo', 'test', ...tested],
      command,
    ),
  );
  commands.build.push(
    ...targetProposals(
      tree,
      tasks,
      'build',
      { same: 'script that builds', other: 'script that builds', prepared: 'target that prepares and builds' },
      ['cargo', 'build', ...all],
      command,
    ),
  );
  commands.start.push(...startProposals(tree, directory, table, members, command));
  return {
    name: String(dig(table, 'package', 'name') ?? path.basename(tree.absolute(directory))),
    directory,
    ecosystem: 'rust',
    language: 'rust',
    manager: [{ value: manager, ground: 'language has one', evidence: here }],
    members: members.map((one) => ({
      name: String(dig(tree.toml(below(one, 'Cargo.toml')), 'package', 'name') ?? one),
      directory: tree.absolute(one),
    })),
    covers: new Set(members),
    framework: [
      { value: { name: 'cargo test' }, ground: 'language has a framework', evidence: here },
      ...(nextest ? [{ value: { name: 'nextest' }, ground: 'tool is configured' as const, evidence: nextest }] : []),
    ],
    coverage: [{ value: { name: 'cargo-llvm-cov' }, ground: 'documents say so', evidence: here }],
    commands,
    tasks,
  };
}

function nextestEvidence(tree: Tree, directory: string) {
  const file = ['.config/nextest.toml', 'nextest.toml'].map((name) => below(directory, name)).find((one) => tree.has(one));
  return file === undefined ? undefined : tree.at(file, 1, 'nextest is configured here');
}

function workspaceMembers(tree: Tree, directory: string, table: Table): string[] {
  const workspace = asTable(table['workspace']);
  if (!workspace) return [];
  const prefix = directory === '' ? '' : `${directory}/`;
  const wanted = listOf(workspace['members']).map(cleaned);
  const unwanted = listOf(workspace['exclude']).map(cleaned);
  const linked = new Set(pathDependencies(table).map((one) => below(directory, one)));
  return tree
    .holding('Cargo.toml')
    .filter((folder) => folder !== directory && folder.startsWith(prefix))
    .filter((folder) => {
      const relative = folder.slice(prefix.length);
      if (unwanted.some((pattern) => relative === pattern || relative.startsWith(`${pattern}/`))) return false;
      return linked.has(folder) || wanted.some((pattern) => minimatch(relative, pattern));
    })
    .sort();
}

/** Crates that the root depends on by their path are members, too. */
function pathDependencies(table: Table): string[] {
  return ['dependencies', 'dev-dependencies', 'build-dependencies'].flatMap((field) =>
    Object.values(asTable(table[field]) ?? {}).flatMap((one) => listOf(dig(one, 'path'))),
  );
}

function cleaned(pattern: string): string {
  return pattern.replace(/^\.\//, '').replace(/\/+$/, '');
}

/** The aliases of Cargo's configuration, as tasks. */
function aliases(tree: Tree, directory: string): Task[] {
  const file = below(directory, '.cargo/config.toml');
  const table = asTable(tree.toml(file)?.['alias']);
  return Object.entries(table ?? {}).map(([name, value]) => {
    const script = `cargo ${Array.isArray(value) ? listOf(value).join(' ') : String(value)}`;
    return { runner: 'cargo', name, script, needs: [], file, line: tomlLine(tree.text(file) ?? '', 'alias', name) };
  });
}

function startProposals(
  tree: Tree,
  directory: string,
  table: Table,
  members: readonly string[],
  command: (argv: readonly string[]) => ProjectCommand,
): Proposal<ProjectCommand>[] {
  if (table['package'] && tree.has(below(directory, 'src/main.rs'))) {
    return [
      { value: command(['cargo', 'run']), ground: 'start script', evidence: tree.at(below(directory, 'src/main.rs'), 1, 'src/main.rs is a program') },
    ];
  }
  return members.flatMap((member) => {
    const file = below(member, 'src/main.rs');
    const name = dig(tree.toml(below(member, 'Cargo.toml')), 'package', 'name');
    if (!tree.has(file) || typeof name !== 'string') return [];
    return [
      { value: command(['cargo', 'run', '-p', name]), ground: 'script that starts' as const, evidence: tree.at(file, 1, `${file} is a program`) },
    ];
  });
}
