import type { Project, ProjectCommand } from '../detection/index.ts';
import type { Failure } from '../model/index.ts';
import type { Store } from '../store/index.ts';
import { choose } from './choices.ts';
import type { LoadRequest } from './load-rung.ts';
import type { Rung } from './model.ts';
import type { Alternative } from './verify.ts';

/** Commands that a person named, by what they are for; they take the place of what was detected. */
export interface NamedCommands {
  compile?: readonly ProjectCommand[];
  test?: ProjectCommand;
  /** What starts the app that load is put on. */
  start?: ProjectCommand;
}

/** How a rung is climbed: the project's commands that prove it (none for the mutation score), or why it cannot be. */
export type RungPlan =
  | {
      commands: readonly ProjectCommand[];
      /** What may take their place, the likeliest first, where a program is missing. */
      instead?: readonly ProjectCommand[];
      alternatives: readonly Alternative[];
    }
  | { failure: Failure };

/**
 * What would be run for a rung, without running it.
 *
 * @param store holds what a person chose; undefined where nothing was ever stored
 */
export function planRung(
  rung: Rung,
  project: Project,
  store: Store | undefined,
  named: NamedCommands,
  load?: Pick<LoadRequest, 'endpoint'>,
): RungPlan {
  switch (rung) {
    case 'compile': {
      const plan = named.compile ? { commands: named.compile, alternatives: [] } : choose.compile(project, store);
      return plan.commands.length > 0 ? plan : { failure: nothingToCompile(project) };
    }
    case 'test': {
      const { command, ...rest } = named.test ? { command: named.test, alternatives: [] } : choose.test(project, store);
      return command ? { commands: [command], ...rest } : { failure: noTestCommand(project) };
    }
    case 'mutation':
      return project.ecosystem === 'node' ? { commands: [], alternatives: [] } : { failure: cannotMutate(project) };
    case 'load':
      // An app that runs already needs no command.
      return URL.canParse(load?.endpoint ?? '') ? { commands: [], alternatives: [] } : planLoad(project, store, named);
  }
}

function nothingToCompile({ directory, language }: Project): Failure {
  return {
    code: 'no-command',
    message: `Nothing in ${directory} says how it is compiled.`,
    action:
      language === 'javascript'
        ? 'JavaScript needs no compiler; where the project has a build, name it in assay.config.json ("verify.compile").'
        : 'Name the command in assay.config.json ("verify.compile").',
  };
}

function noTestCommand({ directory }: Project): Failure {
  return {
    code: 'no-command',
    message: `Nothing in ${directory} says how its tests are run.`,
    action: 'Name the command in assay.config.json ("verify.test").',
  };
}

function cannotMutate({ language }: Project): Failure {
  return {
    code: 'no-command',
    message: `Whether tests notice changes can be measured for JavaScript and TypeScript only, not for ${language}.`,
    action: 'Leave this rung out, or climb the next one alone (--only).',
  };
}

function planLoad(project: Project, store: Store | undefined, named: NamedCommands): RungPlan {
  const { command, alternatives } = named.start ? { command: named.start, alternatives: [] } : choose.start(project, store);
  if (command) return { commands: [command], alternatives };
  return {
    failure: {
      code: 'no-command',
      message: `Nothing in ${project.directory} says how its app is started.`,
      action: 'Name the command in assay.config.json ("verify.start"), or the address of an app that runs (--endpoint).',
    },
  };
}
