import { expandVariables } from '../workspace/index.ts';

/**
 * The variables of a command with `$NAME` in them replaced as a shell would, where the project wrote them: what workflows set may name what the environment has
 * (`$HOME/bin:$PATH`). What we added stays as it is: `ASSAY_*`, and all that differs from what was written.
 *
 * @param written the variables as the project has them
 * @param outer what the names stand for
 */
export function expandWritten(
  env: Readonly<Record<string, string>>,
  written: Readonly<Record<string, string>>,
  outer: Readonly<Record<string, string>>,
): Record<string, string> {
  const theirs = Object.entries(env).filter(([name, value]) => value === written[name] && !name.startsWith('ASSAY_'));
  return { ...env, ...expandVariables(Object.fromEntries(theirs), outer) };
}
