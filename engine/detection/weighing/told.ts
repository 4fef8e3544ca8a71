import type { ProjectCommand } from '../model.ts';
import type { Tree } from '../text/tree.ts';
import { doing, type OutsidePurpose } from './doing.ts';
import type { Ground } from './grounds.ts';
import type { OutsideCommand } from './outside.ts';
import type { Draft, Proposal } from './proposal.ts';
import { isolates, PART, tool, UNKNOWN } from './whole.ts';

interface Said {
  command: OutsideCommand;
  does: readonly string[];
}

/** All tests of Cargo, with features or packages that it leaves out by itself. */
const ALL_OF_CARGO = /^cargo test( --workspace)?( --all-features| --features[= ](full|all|all-[a-z]+|everything)| --workspace)( --workspace)?$/;

/** What documents say for a project; `known` tells whether continuous integration says something already. */
export function toldProposals(
  tree: Tree,
  draft: Draft,
  purpose: OutsidePurpose,
  commands: readonly OutsideCommand[],
  known: boolean,
): Proposal<ProjectCommand>[] {
  const own = draft.commands[purpose].map((proposal) => ({ proposal, does: doing(proposal.value.argv, draft, purpose) }));
  const others: Said[] = [];
  const added: Proposal<ProjectCommand>[] = [];
  for (const command of commands) {
    const does = doing(command.argv, draft, purpose);
    if (does.length === 0) continue;
    const words = command.argv.join(' ');
    const same =
      own.find(({ proposal }) => proposal.value.argv.join(' ') === words) ??
      // With tox and nox the environment is the same one, which has what the tests need.
      own.find(({ proposal, does: ours }) => isolates(proposal.value.argv) && isolates(command.argv) && ours.some((mine) => does.includes(mine))) ??
      own.find(({ does: ours }) => ours.some((mine) => does.includes(mine))) ??
      // Of builds, features and targets are not asked.
      (purpose === 'test' ? undefined : own.find(({ does: ours }) => ours.some((mine) => does.some((theirs) => tool(mine) === tool(theirs)))));
    if (same) added.push({ value: same.proposal.value, ground: 'documents say so', evidence: evidence(tree, command) });
    else others.push({ command, does });
  }
  return [...added, ...furtherProposals(tree, draft, others, known)];
}

/** Commands that nothing in the manifests comes to. */
function furtherProposals(tree: Tree, draft: Draft, said: readonly Said[], known: boolean): Proposal<ProjectCommand>[] {
  const runnable = said.filter(({ command }) => !command.argv.some((word) => UNKNOWN.test(word)));
  const whole = runnable.filter(({ command }) => !PART.test(command.argv.join(' ')));
  // A bare command says no more than is known.
  const told = whole.find(
    ({ command: { from, env, argv }, does }) =>
      from === 'contributing' && Object.keys(env).length === 0 && (isUndeclaredTarget(argv, draft) || does.some((one) => ALL_OF_CARGO.test(one))),
  );
  const parts = draft.commands.test.length === 0 && whole.length === 0 && !known ? runnable : [];
  // Of commands that are the same, it is the one to show, for it sets no variables.
  return [...(told ? [told] : []), ...whole, ...parts].map((one) => {
    const { command } = one;
    const ground: Ground = one === told ? 'contributors are told' : 'documents say so';
    return {
      value: { argv: complete(command.argv), env: command.env, cwd: tree.absolute(draft.directory) },
      ground,
      evidence: evidence(tree, command),
    };
  });
}

/** Whether a command is a target that only a rule for many names can make (`test-%`): what it runs is not known. */
function isUndeclaredTarget([runner, name = '', ...rest]: readonly string[], { tasks }: Draft): boolean {
  return runner === 'make' && rest.length === 0 && tasks.of('make').length > 0 && tasks.find('make', name) === undefined;
}

/** A command without an option at its end whose value is a variable that is empty. */
function complete(argv: readonly string[]): readonly string[] {
  return /^(--features|-F|--target)$/.test(argv.at(-1) ?? '') ? argv.slice(0, -1) : argv;
}

function evidence(tree: Tree, { file, line }: OutsideCommand) {
  return tree.at(file, line, 'the documents say so');
}
