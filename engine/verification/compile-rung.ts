import { existsSync } from 'node:fs';
import type { Project, ProjectCommand } from '../detection/index.ts';
import { CompileOutput, instrumentCompile } from './compile/index.ts';
import { count } from './count.ts';
import { brokenOff } from './endings.ts';
import type { Problem, Proof } from './model.ts';
import type { Finding, ProofOptions, Proving } from './proving.ts';
import { shellLine } from './shell-line.ts';

/** Proves that a project compiles: runs its commands one after the other, to the first that fails, and reads what their tools say. */
export async function proveCompiles(proving: Proving, project: Project, commands: readonly ProjectCommand[], options: ProofOptions): Promise<Proof> {
  const problems: Problem[] = [];
  let finding: Finding | undefined;
  // What only advises comes last: what it says of code that does not compile is told better by the compiler.
  for (const planned of [...commands.filter((one) => !isAdvice(one)), ...commands.filter(isAdvice)]) {
    const command = proving.fitted(planned);
    const output = new CompileOutput(command.cwd, { exists: existsSync, members: project.members });
    const exit = await proving.run(command, instrumentCompile(command), (stream, line) => output.push(stream, line));
    problems.push(...output.problems().map((problem): Problem => (isAdvice(command) ? { ...problem, severity: 'warning' } : problem)));
    const line = shellLine(command);
    const broken = brokenOff(exit, options);
    if (broken) {
      finding = { verdict: broken.verdict, summary: `Whether it compiles is not known: \`${line}\` did not come to its end`, notes: [broken.why] };
    } else if (exit.code !== 0 && !isAdvice(command)) finding = { verdict: 'fails', summary: failure(problems, line, exit.code) };
    if (finding) break;
  }
  finding ??= { verdict: 'holds', summary: success(problems) };
  return proving.end(
    { ...finding, problems },
    project.manager.slice(0, 1).map(({ value }) => value),
  );
}

/** Whether a command looks for what is suspicious, and ends badly where it finds some: what go vet tells compiles all the same. */
function isAdvice({ argv }: ProjectCommand): boolean {
  return argv[0] === 'go' && argv[1] === 'vet';
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
