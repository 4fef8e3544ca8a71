import type { ProjectCommand } from '../model.ts';
import type { Tree } from '../text/tree.ts';
import { doing, type OutsidePurpose } from './doing.ts';
import type { Ground } from './grounds.ts';
import type { OutsideCommand } from './outside.ts';
import type { Draft, Proposal } from './proposal.ts';
import { simplest } from './simplest.ts';
import { isForAnother, isolates, isResolved, isWhole, namesTests, PART, tool, width } from './whole.ts';

/** What stands behind the name of a script or target that is the one of that name, measured or told in another way. */
const MEASURED = /[-_:.](ci|cov|coverage|report|reports)$/;

interface Said {
  command: OutsideCommand;
  /** Its simplest form. */
  argv: readonly string[];
  does: readonly string[];
  /** How far it stands beside what checks changes: 0 is in the middle of it. */
  beside: number;
}

/**
 * What continuous integration says for a project: that one of its own commands is run, or which others there are. Of the latter only one is proposed as what
 * is run, the widest that is whole, and only where none of the project's own is run.
 */
export function ciProposals(tree: Tree, draft: Draft, purpose: OutsidePurpose, commands: readonly OutsideCommand[]): Proposal<ProjectCommand>[] {
  const own = draft.commands[purpose].map(({ value, ground }) => ({ value, ground, ...meaning(value.argv, draft, purpose) }));
  const said = commands
    .filter(({ argv }) => !isForAnother(argv))
    .map(
      (command): Said => ({
        command,
        ...meaning(command.argv, draft, purpose),
        beside: (command.from === 'aside' ? 2 : 0) + (command.beside ? 1 : 0),
      }),
    )
    .filter(({ does }) => does.length > 0);
  const confirmed = said.flatMap((one) => {
    const same =
      own.find((mine) => words(mine) === words(one)) ??
      sameDoing(own, one, draft, purpose) ??
      // The same script or target, which measures or is there for continuous integration.
      own.find((mine) => words(mine) === words(one).replace(MEASURED, ''));
    return same ? [{ one, value: same.value, part: same.ground === 'script that does a part' || PART.test(words(same)) }] : [];
  });
  const others = said.filter((one) => isResolved(one.argv) && !confirmed.some((same) => same.one === one));
  const whole = others
    .filter(({ argv, command }) => isWhole(argv, purpose, draft.tasks) && !namesTests(command.argv))
    .sort((a, b) => a.beside - b.beside || width(b.argv) - width(a.argv));
  const middle = Math.min(...confirmed.map(({ one }) => one.beside), ...whole.map(({ beside }) => beside));
  const best = confirmed.some(({ one }) => one.beside === middle) ? undefined : whole.find(({ beside }) => beside === 0 || own.length === 0);
  const shown = whole.length === 0 && own.length === 0 && purpose === 'test' ? others : whole;
  return [
    ...confirmed.map(({ one, value, part }) => {
      const runs = one.beside === middle && !part;
      return { value, ground: runs ? ('CI runs it' as const) : ('CI runs it, too' as const), evidence: evidence(tree, one) };
    }),
    ...shown.map((one) => {
      const ground: Ground = one === best ? 'only CI runs it' : 'CI runs it, too';
      return { value: { argv: one.argv, env: one.command.env, cwd: tree.absolute(draft.directory) }, ground, evidence: evidence(tree, one) };
    }),
  ];
}

function words({ argv }: { argv: readonly string[] }): string {
  return argv.join(' ');
}

function meaning(argv: readonly string[], draft: Draft, purpose: OutsidePurpose): Pick<Said, 'argv' | 'does'> {
  const form = simplest(argv, draft.tasks);
  return { argv: form, does: doing(form, draft, purpose) };
}

/** The project's own command that does the same, as exactly as there is one. */
function sameDoing<T extends Pick<Said, 'argv' | 'does'>>(own: readonly T[], one: Said, draft: Draft, purpose: OutsidePurpose): T | undefined {
  const alike = (key: (line: string) => string) => (mine: T) => mine.does.some((ours) => one.does.some((theirs) => key(ours) === key(theirs)));
  const exactly = alike((line) => line);
  const tested = alike((line) => whatIsTested(line, draft));
  // With tox and nox the environment is the same one, which has what the tests need.
  const alsoIsolated = own.filter((mine) => isolates(mine.argv) === isolates(one.argv));
  const found = alsoIsolated.find(exactly) ?? alsoIsolated.find(tested) ?? own.find(exactly) ?? own.find(tested);
  if (found || purpose === 'test') return found;
  // Of builds, features and targets are not asked, and the front ends of Python run the same backend.
  return own.find((mine) => draft.ecosystem === 'python' && purpose === 'build' && mine.does.length > 0) ?? own.find(alike(tool));
}

/** What a line tests: one of Cargo's runners is as good as another, and pytest finds what is in the folder of the tests without being told. */
function whatIsTested(line: string, { members }: Draft): string {
  const [program, ...rest] = line.replace(/^cargo nextest/, 'cargo test').split(' ');
  if (program === 'cargo') return ['cargo', ...rest.filter((word) => members.length > 0 || word !== '--workspace').sort()].join(' ');
  return /^(python -I?m )?pytest\b/.test(line)
    ? line.replace(/^(python -I?m )?pytest/, 'pytest').replace(/ \.?\/?(tests?\/?|\.)(?= |$)| --[\w-]+=\S+| -[pWo] \S+/g, '')
    : line;
}

function evidence(tree: Tree, { command: { file, line } }: Said) {
  return tree.at(file, line, 'continuous integration runs it');
}
