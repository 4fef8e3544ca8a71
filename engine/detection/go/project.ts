import path from 'node:path';
import type { NamedTool, ProjectCommand } from '../model.ts';
import { targetProposals } from '../tasks/proposals.ts';
import { folderTasks } from '../tasks/read.ts';
import { Tasks } from '../tasks/task.ts';
import { lineOfMatch } from '../text/documents.ts';
import { below, parentOf, type Tree } from '../text/tree.ts';
import { type Draft, noCommands } from '../weighing/proposal.ts';

/** What go.mod, or go.work, of a folder says. */
export function goProject(tree: Tree, directory: string): Draft | undefined {
  const file = ['go.work', 'go.mod'].map((name) => below(directory, name)).find((one) => tree.text(one) !== undefined);
  const text = file === undefined ? undefined : tree.text(file);
  if (file === undefined || text === undefined) return undefined;
  const used = file.endsWith('go.work') ? usedModules(text, directory).filter((one) => tree.has(below(one, 'go.mod'))) : [directory];
  if (used.length === 0) return undefined;
  const module = tree.text(below(directory, 'go.mod'));
  const tasks = new Tasks(folderTasks(tree, directory));
  const version = /^go\s+([\d.]+\w*)/m.exec(text)?.[1];
  const at = (pattern: RegExp, says: string) => tree.at(file, lineOfMatch(text, pattern), says);
  const manager: NamedTool = { name: 'go', ...(version !== undefined && { version }) };
  const env = isLeftOut(tree, directory) ? { GOWORK: 'off' } : {};
  const command = (argv: readonly string[]): ProjectCommand => ({ argv, env, cwd: tree.absolute(directory) });
  const packages = used.map((one) => (one === directory ? './...' : `./${path.posix.relative(directory, one)}/...`));
  const commands = noCommands();
  const here = at(/^(module|use)\b/m, `${path.posix.basename(file)} makes it a ${file.endsWith('go.work') ? 'workspace' : 'module'} of Go`);
  commands.install.push({ value: command(['go', 'mod', 'download']), ground: 'way to install', evidence: here });
  commands.build.push(
    { value: command(['go', 'build', ...packages]), ground: 'language builds', evidence: here },
    ...targetProposals(
      tree,
      tasks,
      'build',
      { same: 'script that builds', other: 'script that builds', prepared: 'target that prepares and builds' },
      ['go', 'build', ...packages],
      command,
    ),
  );
  commands.typecheck.push({ value: command(['go', 'vet', ...packages]), ground: 'typecheck script', evidence: here });
  commands.test.push(
    { value: command(['go', 'test', ...packages]), ground: 'language runs tests', evidence: here },
    ...targetProposals(
      tree,
      tasks,
      'test',
      { same: 'task that runs tests', other: 'target that runs tests its own way', prepared: 'target that runs tests its own way' },
      ['go', 'test', ...packages],
      command,
    ),
  );
  for (const [program, found] of programs(tree, directory)) {
    commands.start.push({
      value: command(['go', 'run', program]),
      ground: 'script that starts',
      evidence: tree.at(found, 1, `${found} is a program`),
    });
  }
  const ginkgo = /^\s*(?:require\s+)?github\.com\/onsi\/ginkgo(?:\/v2)?\s+v?([\d.]+)/m.exec(text);
  return {
    name: /^module\s+"?([^\s"]+)/m.exec(module ?? '')?.[1] ?? path.basename(tree.absolute(directory)),
    directory,
    ecosystem: 'go',
    language: 'go',
    manager: [{ value: manager, ground: 'language has one', evidence: here }],
    members: used
      .filter((one) => one !== directory)
      .map((one) => ({ name: /^module\s+"?([^\s"]+)/m.exec(tree.text(below(one, 'go.mod')) ?? '')?.[1] ?? one, directory: tree.absolute(one) })),
    covers: new Set(used.filter((one) => one !== directory)),
    framework: [
      { value: { name: 'go test', ...(version !== undefined && { version }) }, ground: 'language has a framework', evidence: here },
      ...(ginkgo
        ? [
            {
              value: { name: 'ginkgo', version: ginkgo[1] as string },
              ground: 'tool is a dependency' as const,
              evidence: at(/onsi\/ginkgo/, 'Ginkgo is required'),
            },
          ]
        : []),
    ],
    coverage: [{ value: { name: 'go test -cover' }, ground: 'language has a framework', evidence: here }],
    commands,
    tasks,
  };
}

/** Whether a go.work above a module does not use it (those that it uses are its members): go then does nothing in that module, unless it is told to leave the workspace alone. */
function isLeftOut(tree: Tree, directory: string): boolean {
  if (directory === '' || tree.has(below(directory, 'go.work'))) return false;
  const above = parentOf(directory);
  return tree.has(below(above, 'go.work')) || isLeftOut(tree, above);
}

function usedModules(text: string, directory: string): string[] {
  const bare = text.replace(/\/\/.*$/gm, '');
  const blocks = [...bare.matchAll(/^use\s*\(([^)]*)\)/gm)].flatMap(([, inner = '']) => inner.split('\n'));
  const single = [...bare.matchAll(/^use\s+([^\s(]+)/gm)].map(([, one = '']) => one);
  return [...blocks, ...single]
    .map((one) => one.trim().replaceAll('"', ''))
    .filter(Boolean)
    .map((one) => below(directory, one));
}

/** Packages that can be run, and the file that says so: the root's, else those in `cmd/`. */
function programs(tree: Tree, directory: string): [program: string, file: string][] {
  if (tree.has(below(directory, 'main.go'))) return [['.', below(directory, 'main.go')]];
  const cmd = below(directory, 'cmd');
  return [...(tree.folders.get(cmd)?.folders ?? [])].sort().flatMap((name): [string, string][] => {
    const file = below(cmd, `${name}/main.go`);
    return tree.has(file) ? [[`./cmd/${name}`, file]] : [];
  });
}
