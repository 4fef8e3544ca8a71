import type { Project, ProjectCommand } from '../detection/index.ts';
import { CompileOutput, instrumentCompile } from './compile/index.ts';
import { count } from './count.ts';
import type { Problem, Proof } from './model.ts';
import { type Finding, type ProofOptions, type Proving, stoppedFinding } from './proving.ts';
import { shellLine } from './shell-line.ts';

/** Proves that a project compiles: runs its commands one after the other, to the first that fails, and reads what their tools say. */
export async function proveCompiles(proving: Proving, project: Project, commands: readonly ProjectCommand[], options: ProofOptions): Promise<Proof> {
  const problems: Problem[] = [];
  let finding: Finding | undefined;
  for (const command of commands) {
    const output = new CompileOutput(command.cwd);
    const exit = await proving.run(command, instrumentCompile(command), (stream, line) => output.push(stream, line));
    problems.push(...output.problems());
    const line = shellLine(command);
    const stopped = stoppedFinding(exit, options);
    if (stopped)
      finding = { verdict: stopped.verdict, summary: `Whether it compiles is not known: \`${line}\` did not come to its end`, notes: [stopped.why] };
    else if (exit.startError || exit.code === 127) {
      finding = {
        verdict: 'inconclusive',
        summary: `Whether it compiles is not known: \`${line}\` could not be started`,
        notes: [missingProgram(command)],
      };
    } else if (exit.code !== 0) finding = { verdict: 'fails', summary: failure(problems, line, exit.code) };
    if (finding) break;
  }
  finding ??= { verdict: 'holds', summary: success(problems) };
  return proving.end(
    { ...finding, problems },
    project.manager.slice(0, 1).map(({ value }) => value),
  );
}

function missingProgram({ argv }: ProjectCommand): string {
  return `Install ${argv[0]}, or name the command in assay.config.json ("verify").`;
}

function success(problems: readonly Problem[]): string {
  const warnings = problems.filter(({ severity }) => severity === 'warning').length;
  return warnings > 0 ? `It compiles, with ${count(warnings, 'warning')}` : 'It compiles';
}

function failure(problems: readonly Problem[], line: string, code: number | null): string {
  const errors = problems.filter(({ severity }) => severity === 'error').length;
  if (errors > 0) return `It does not compile: ${count(errors, 'error')}`;
  return `It does not compile: \`${line}\` ended with ${code === null ? 'a signal' : `status ${code}`}`;
}
