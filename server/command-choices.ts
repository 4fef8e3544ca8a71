import type { Answer, Candidate, Project, ProjectCommand } from '../engine/detection/index.ts';
import { type Alternative, type Rung, shellLine } from '../engine/verification/index.ts';
import { relativePosix } from '../engine/workspace/index.ts';
import type { CommandChoice, CommandOption } from './protocol.ts';

/** Which questions a rung's commands answer. */
const PURPOSES: Readonly<Record<Rung, readonly Alternative['purpose'][]>> = {
  compile: ['typecheck', 'build'],
  test: ['test'],
  mutation: [],
  load: ['start'],
};

/** The questions of a rung that have more than one answer, the likeliest first. */
export function choicesOf(rung: Rung, { commands, directory }: Project): CommandChoice[] {
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
