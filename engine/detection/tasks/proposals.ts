import type { ProjectCommand } from '../model.ts';
import { readScript } from '../text/script.ts';
import type { Tree } from '../text/tree.ts';
import type { Ground } from '../weighing/grounds.ts';
import type { Proposal } from '../weighing/proposal.ts';
import { essence } from './essence.ts';
import { type Doing, doingsOfTask } from './meaning.ts';
import type { Task, Tasks } from './task.ts';

/** Names of targets for each purpose, the best first. */
const NAMES = {
  test: [/^tests?$/, /^(unit-?tests?|test-?unit|test[:_-]all)$/, /^(check|ci)$/],
  build: [/^(build|compile)$/],
  typecheck: [/^(vet|type-?check|check)$/],
} as const;

/** The names among them of what checks everything, tests with the rest. */
const CHECKS_ALL: Partial<Record<keyof typeof NAMES, number>> = { test: NAMES.test.length - 1 };

/**
 * Targets of Makefiles, justfiles and Taskfiles for a purpose, as far as they do it with a tool that is known, or are called `test` and run a script of the
 * project's own; `plain` is what a person would type without them.
 */
export function targetProposals(
  tree: Tree,
  tasks: Tasks,
  purpose: keyof typeof NAMES,
  grounds: { same: Ground; other: Ground; prepared: Ground },
  plain: readonly string[],
  command: (argv: readonly string[]) => ProjectCommand,
): Proposal<ProjectCommand>[] {
  return (['make', 'just', 'task'] as const)
    .flatMap((runner) => tasks.of(runner))
    .map((task) => ({ task, rank: NAMES[purpose].findIndex((pattern) => pattern.test(task.name)), all: doingsOfTask(task, tasks) }))
    .filter(({ task, rank, all }) => rank >= 0 && (all.some(({ deed }) => deed === purpose) || runsOwnTests(task, all)))
    .sort((a, b) => a.rank - b.rank)
    .map(({ task, rank, all }, _, [best]) => {
      const does = all.filter(({ deed }) => deed === purpose);
      const same = does.length > 0 && does.every(({ argv }) => essence(argv) === essence(plain));
      const evidence = tree.at(task.file, task.line, `the target "${task.name}" is there for it`);
      // What other targets get or make first, the plain command would miss.
      const prepared = task.needs.some((name) => (tasks.find(task.runner, name)?.script ?? '').trim() !== '');
      // What checks everything does more than what is asked for, where a target does that alone.
      const more = rank === CHECKS_ALL[purpose] && best !== undefined && best.rank < rank;
      const ground = more ? 'task that runs tests' : prepared && !same ? grounds.prepared : same ? grounds.same : grounds.other;
      return { value: command([task.runner, task.name]), ground, evidence };
    });
}

/** Whether a target that is called `test` runs none that are known, and is a script or starts one of the project. */
function runsOwnTests({ name, script }: Task, does: readonly Doing[]): boolean {
  if (!/^tests?$/.test(name) || does.some(({ deed }) => deed === 'test')) return false;
  return script.startsWith('#!') || readScript(script).some(({ argv }) => startsScript(argv));
}

function startsScript([program = '', file = '']: readonly string[]): boolean {
  const started = /^(bash|sh|zsh)$/.test(program) ? file : program;
  return /^(\.\/)?[\w.-]+\/[\w./-]+$/.test(started) || /\.(sh|bash)$/.test(started);
}
