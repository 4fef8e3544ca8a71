import { ciCommands } from './ci/commands.ts';
import { documentCommands } from './documents/commands.ts';
import { foreignManifests } from './foreign.ts';
import { goProject } from './go/project.ts';
import type { Detection, Project } from './model.ts';
import { nodeProject } from './node/project.ts';
import { pythonProject } from './python/project.ts';
import { rustProject } from './rust/project.ts';
import { readTree } from './text/read-tree.ts';
import type { Tree } from './text/tree.ts';
import { isSample } from './text/wanted.ts';
import { outsideFrameworks, outsideProposals } from './weighing/outside.ts';
import type { Draft } from './weighing/proposal.ts';
import { weighCommands, weighManagers, weighTools } from './weighing/weigh.ts';

/** One of these is in the folder of each project. */
const MANIFESTS = [
  'package.json',
  'pyproject.toml',
  'setup.py',
  'setup.cfg',
  'tox.ini',
  'requirements.txt',
  'manage.py',
  'Pipfile',
  'go.mod',
  'go.work',
  'Cargo.toml',
];
const READERS = [nodeProject, pythonProject, goProject, rustProject];

/**
 * Finds the projects at and below a directory (absolute), and how each is installed, built, checked and tested. Only names and texts are read: nothing
 * is run, nothing is written, and what cannot be read or understood is in `unread`.
 */
export async function detect(directory: string, signal?: AbortSignal): Promise<Detection> {
  return detectIn(await readTree(directory, signal));
}

/** The same of a workspace that has been read. */
export function detectIn(tree: Tree): Detection {
  return {
    directory: tree.root,
    projects: draftsIn(tree).map((draft) => weighed(tree, draft)),
    unread: tree.unread,
    foreign: foreignManifests(tree),
  };
}

/** All that is said of the projects of a workspace, before it is weighed. */
export function draftsIn(tree: Tree): Draft[] {
  const outside = [...ciCommands(tree), ...documentCommands(tree)];
  const drafts: Draft[] = [];
  const covered = READERS.map(() => new Set<string>());
  // A root comes before what lies in it.
  const directories = new Set(MANIFESTS.flatMap((name) => tree.holding(name)));
  for (const directory of [...directories].filter((one) => !isSample(one)).sort((a, b) => depth(a) - depth(b) || (a < b ? -1 : 1))) {
    for (const [i, read] of READERS.entries()) {
      if (covered[i]?.has(directory)) continue;
      const draft = read(tree, directory, outside);
      if (!draft) continue;
      for (const member of draft.covers) covered[i]?.add(member);
      drafts.push({
        ...draft,
        framework: [...draft.framework, ...outsideFrameworks(tree, draft, outside)],
        commands: outsideProposals(tree, draft, outside),
      });
    }
  }
  return drafts;
}

function depth(directory: string): number {
  return directory === '' ? 0 : directory.split('/').length;
}

function weighed(tree: Tree, { name, directory, ecosystem, language, manager, members, framework, coverage, commands }: Draft): Project {
  return {
    name,
    directory: tree.absolute(directory),
    ecosystem,
    language,
    manager: weighManagers(manager),
    members,
    framework: weighTools(framework),
    coverage: weighTools(coverage),
    commands: {
      install: weighCommands(commands.install),
      build: weighCommands(commands.build),
      typecheck: weighCommands(commands.typecheck),
      test: weighCommands(commands.test),
      start: weighCommands(commands.start),
    },
  };
}
