import type { NamedTool, ProjectCommand } from '../model.ts';
import { called } from '../tasks/calls.ts';
import { essence } from '../tasks/essence.ts';
import { doings, launched } from '../tasks/meaning.ts';
import type { Task, Tasks } from '../tasks/task.ts';
import type { Tree } from '../text/tree.ts';
import { ecosystemOf } from '../tools.ts';
import type { Ground } from './grounds.ts';
import type { Draft, Proposal } from './proposal.ts';

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
}

const PURPOSES = ['build', 'typecheck', 'test'] as const;
/** Words of commands that do only a part, or something beside it: they are what else CI runs. */
const PART =
  /\b(e2e|integration|types?|typings|browser|smoke|lint|docs?|examples?|bench\w*|update|watch|deno|doc|tools?|tooling|website|stress|fuzz|wasm|nightly)\b|--no-run|--no-default-features|minimal-versions|miri|(^|\s)-p\s|--package|--manifest-path|@v?\d|--test\s|--lib\b|--example|^cargo test \w/;

/** What commands outside of the manifests say for a project: they speak for what is proposed already, and propose others. */
export function outsideProposals(tree: Tree, draft: Draft, commands: readonly OutsideCommand[]): Draft['commands'] {
  const found: Draft['commands'] = { ...draft.commands };
  const here = commands.filter(({ cwd }) => cwd === draft.directory);
  for (const purpose of PURPOSES) {
    const own = draft.commands[purpose].map((proposal) => ({ proposal, does: doing(proposal.value.argv, draft, purpose) }));
    const said = here.map((command) => ({ command, does: doing(command.argv, draft, purpose) })).filter(({ does }) => does.length > 0);
    const others: Said[] = [];
    const added: Proposal<ProjectCommand>[] = [];
    for (const one of said) {
      const { command, does } = one;
      const words = command.argv.join(' ');
      const same =
        own.find(({ proposal }) => proposal.value.argv.join(' ') === words) ??
        // With tox and nox the environment is the same one, which has what the tests need.
        own.find(({ proposal, does: ours }) => isolates(proposal.value.argv) && isolates(command.argv) && ours.some((mine) => does.includes(mine))) ??
        own.find(({ does: ours }) => ours.some((mine) => does.includes(mine))) ??
        // Of builds, features and targets are not asked.
        (purpose === 'test' ? undefined : own.find(({ does: ours }) => ours.some((mine) => does.some((theirs) => tool(mine) === tool(theirs)))));
      if (same) added.push({ value: same.proposal.value, ground: confirming(command, same.proposal.value), evidence: evidence(tree, command) });
      else others.push(one);
    }
    const confirmed = added.some(({ ground }) => ground === 'CI runs it');
    found[purpose] = [...draft.commands[purpose], ...added, ...furtherProposals(tree, draft, others, confirmed)];
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
        .map(({ tool: name }) => ({ value: { name }, ground: 'tool is used' as const, evidence: evidence(tree, command) })),
    );
}

/** What starts frameworks and is none. */
const NO_FRAMEWORK = /^(tox|nox|coverage|lerna|turbo|nx|test program|japa|airtap|percy)$/;

interface Said {
  command: OutsideCommand;
  does: readonly string[];
}

/** What only the workflow's shell knows: the output of a command, or a variable that an earlier step or the service sets. */
const UNKNOWN = /\$[\w{(]|`/;

/** All tests of Cargo, with features or packages that it leaves out by itself. */
const ALL_OF_CARGO = /^cargo test( --workspace)?( --all-features| --features[= ](full|all|all-[a-z]+|everything)| --workspace)( --workspace)?$/;

/** Commands that nothing in the manifests comes to. Where CI runs none of what they propose, its first whole command is the answer. */
function furtherProposals(tree: Tree, draft: Draft, said: readonly Said[], confirmed: boolean): Proposal<ProjectCommand>[] {
  const runnable = said.filter(({ command }) => !command.argv.some((word) => UNKNOWN.test(word)));
  const whole = runnable.filter(({ command }) => !PART.test(command.argv.join(' ')));
  const ci = whole.filter(({ command }) => command.from === 'ci');
  const best = confirmed ? undefined : (ci[0] ?? whole.find(({ command }) => command.from === 'aside'));
  // A bare command says no more than is known.
  const told = whole.find(
    ({ command, does }) => command.from === 'contributing' && Object.keys(command.env).length === 0 && does.some((one) => ALL_OF_CARGO.test(one)),
  );
  const parts = draft.commands.test.length === 0 && whole.length === 0 ? runnable : [];
  // Of commands that are the same, it is the one to show, for it sets no variables.
  return [...(told ? [told] : []), ...whole, ...parts].map((one) => {
    const { command } = one;
    const ground: Ground =
      one === best ? 'CI runs it' : one === told ? 'contributors are told' : command.from === 'ci' ? 'CI runs it, too' : 'documents say so';
    return {
      value: { argv: complete(command.argv), env: command.env, cwd: tree.absolute(draft.directory) },
      ground,
      evidence: evidence(tree, command),
    };
  });
}

/** A command without an option at its end whose value is a variable that is empty. */
function complete(argv: readonly string[]): readonly string[] {
  return /^(--features|-F|--target)$/.test(argv.at(-1) ?? '') ? argv.slice(0, -1) : argv;
}

function confirming({ from }: OutsideCommand, { argv }: ProjectCommand): Ground {
  if (from === 'ci' && PART.test(argv.join(' '))) return 'CI runs it, too';
  return from === 'ci' || from === 'aside' ? 'CI runs it' : 'documents say so';
}

function evidence(tree: Tree, { file, line, from }: OutsideCommand) {
  return tree.at(file, line, from === 'ci' || from === 'aside' ? 'continuous integration runs it' : 'the documents say so');
}

/** Whether a command makes an environment of its own for what it runs. */
function isolates(argv: readonly string[]): boolean {
  return /^(tox|nox)$/.test(launched(argv)[0] ?? '');
}

/** The words of a command line that name the tool. */
function tool(line: string): string {
  return line
    .split(' ', 2)
    .filter((word) => !word.startsWith('-'))
    .join(' ');
}

/** What a command does for a purpose, in the end and in the project's ecosystem; the name of the script or target where that is not known. */
function doing(argv: readonly string[], { tasks, ecosystem }: Draft, purpose: (typeof PURPOSES)[number]): string[] {
  const task = called(launched(argv), tasks)?.[0];
  // A script for tests may build first: that is not how the project is built.
  if (task?.runner === 'node' && purpose !== 'test' && ELSE.test(task.name)) return purpose === 'typecheck' ? typeChecks(argv, tasks) : [];
  const all = doings(argv, tasks);
  const mine = all.filter((one) => one.deed === purpose && ecosystemOf(one.argv) === ecosystem);
  if (mine.length > 0) return mine.map((one) => essence(one.argv));
  const name = nameOf(argv, task);
  return all.length === 0 && name !== undefined && NAMED[purpose].test(name) && (task !== undefined || ecosystem !== 'node')
    ? [`${argv[0]} ${name}`]
    : [];
}

const ELSE = /^(pre|post)?(test|unit|lint|check|types?|coverage|cov|ci|verify|validate|release|docs?|format)/;
const NAMED = { test: /^(test|unit)/, build: /^build$/, typecheck: /^type-?check/ } as const;

function typeChecks(argv: readonly string[], tasks: Tasks): string[] {
  return doings(argv, tasks).flatMap(({ deed, argv: words }) => (deed === 'typecheck' ? [essence(words)] : []));
}

/** The name of the script or target that a command calls. */
function nameOf(argv: readonly string[], task: Task | undefined): string | undefined {
  if (task) return task.name;
  return /^(make|just|task)$/.test(argv[0] ?? '') ? argv.slice(1).find((word) => !word.startsWith('-') && !word.includes('=')) : undefined;
}
