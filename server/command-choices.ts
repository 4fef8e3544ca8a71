import type { Answer, Candidate, Project, ProjectCommand } from '../engine/detection/index.ts';
import { type Alternative, type NamedCommands, type Rung, shellLine } from '../engine/verification/index.ts';
import { relativePosix } from '../engine/workspace/index.ts';
import type { CommandChoice, CommandOption } from './protocol.ts';

/** Which questions a rung's commands answer. */
const PURPOSES: Readonly<Record<Rung, readonly Alternative['purpose'][]>> = {
  compile: ['typecheck', 'build'],
  test: ['test'],
  mutation: [],
  load: ['start'],
};

/** Which commands that a person named answer them. */
const NAMED: Readonly<Partial<Record<Rung, keyof NamedCommands>>> = { compile: 'compile', test: 'test', load: 'start' };

/** The questions of a rung that have more than one answer, the likeliest first; none where the project's configuration names the answer. */
export function choicesOf(rung: Rung, { commands, directory }: Project, named: NamedCommands): CommandChoice[] {
  const name = NAMED[rung];
  if (name !== undefined && named[name]) return [];
  return PURPOSES[rung].flatMap((purpose) => (commands[purpose].length > 1 ? [describeChoice(purpose, commands[purpose], directory)] : []));
}

/** A question that a person is asked. */
export function describeChoice(purpose: Alternative['purpose'], candidates: Answer<ProjectCommand>, directory: string): CommandChoice {
  return { purpose, options: candidates.map((one) => describeOption(one, directory)) };
}

function describeOption({ value, confidence, evidence }: Candidate<ProjectCommand>, directory: string): CommandOption {
  return {
    line: shellLine(value, directory),
    confidence,
    evidence: evidence.map(({ file, line, says }) =>
      file === undefined ? says : `${relativePosix(directory, file)}${line === undefined ? '' : `:${line}`}: ${says}`,
    ),
  };
}
