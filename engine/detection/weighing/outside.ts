import type { NamedTool } from '../model.ts';
import { doings } from '../tasks/meaning.ts';
import type { Tree } from '../text/tree.ts';
import { ecosystemOf } from '../tools.ts';
import { ciProposals } from './continuous.ts';
import type { Draft, Proposal } from './proposal.ts';
import { toldProposals } from './told.ts';

/** A command that stands somewhere outside of the manifests. */
export interface OutsideCommand {
  argv: readonly string[];
  env: Readonly<Record<string, string>>;
  /** Relative to the workspace; `..` where it runs outside of it. */
  cwd: string;
  /** Relative to the workspace, with the one-based line. */
  file: string;
  line: number;
  /** What says so: continuous integration that checks changes, or that does something else (releases, nightly runs), or documents. */
  from: 'ci' | 'aside' | 'contributing' | 'readme';
  /** Whether a job runs it that is there for something beside the tests of all (linters, conformance, browsers), or on other systems than most have. */
  beside?: boolean;
}

const PURPOSES = ['build', 'typecheck', 'test'] as const;

/** What commands outside of the manifests say for a project: they speak for what is proposed already, and propose others. */
export function outsideProposals(tree: Tree, draft: Draft, commands: readonly OutsideCommand[]): Draft['commands'] {
  const found: Draft['commands'] = { ...draft.commands };
  const here = commands.filter(({ cwd }) => cwd === draft.directory);
  const run = here.filter(({ from }) => from === 'ci' || from === 'aside');
  const told = here.filter(({ from }) => from === 'contributing' || from === 'readme');
  for (const purpose of PURPOSES) {
    const byCi = ciProposals(tree, draft, purpose, run);
    found[purpose] = [...draft.commands[purpose], ...byCi, ...toldProposals(tree, draft, purpose, told, byCi.length > 0)];
  }
  return found;
}

/** The frameworks that continuous integration starts for a project. */
export function outsideFrameworks(tree: Tree, { directory, tasks, ecosystem }: Draft, commands: readonly OutsideCommand[]): Proposal<NamedTool>[] {
  return commands
    .filter(({ cwd, from }) => cwd === directory && from === 'ci')
    .flatMap((command) =>
      doings(command.argv, tasks)
        .filter(({ deed, argv, tool: name }) => deed === 'test' && ecosystemOf(argv) === ecosystem && !NO_FRAMEWORK.test(name))
        .map(({ tool: name }) => ({
          value: { name },
          ground: 'tool is used' as const,
          evidence: tree.at(command.file, command.line, 'continuous integration runs it'),
        })),
    );
}

/** What starts frameworks and is none. */
const NO_FRAMEWORK = /^(tox|nox|coverage|lerna|turbo|nx|test program|japa|airtap|percy)$/;
