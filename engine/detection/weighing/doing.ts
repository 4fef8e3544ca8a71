import { called } from '../tasks/calls.ts';
import { essence } from '../tasks/essence.ts';
import { doings, launched, onlyTells } from '../tasks/meaning.ts';
import type { Task, Tasks } from '../tasks/task.ts';
import { ecosystemOf } from '../tools.ts';
import type { Draft } from './proposal.ts';

/** The purposes that commands outside of the manifests are looked at for. */
export type OutsidePurpose = 'build' | 'typecheck' | 'test';

/** What a command does for a purpose, in the end and in the project's ecosystem; the name of the script or target where that is not known. */
export function doing(argv: readonly string[], { tasks, ecosystem }: Draft, purpose: OutsidePurpose): string[] {
  const task = called(launched(argv), tasks)?.[0];
  // A script for tests may build first: that is not how the project is built.
  if (task?.runner === 'node' && purpose !== 'test' && ELSE.test(task.name)) return purpose === 'typecheck' ? typeChecks(argv, tasks) : [];
  const all = doings(argv, tasks);
  const mine = all.filter((one) => one.deed === purpose && ecosystemOf(one.argv) === ecosystem);
  if (mine.length > 0) return mine.map((one) => essence(one.argv));
  const name = onlyTells(argv) ? undefined : nameOf(argv, task);
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
