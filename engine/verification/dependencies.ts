import type { JobContext } from '../model/index.ts';
import { brokenOff } from './endings.ts';
import { installLine, type Uninstalled } from './install/index.ts';
import type { Finding, ProofEvent, ProofOptions, Proving } from './proving.ts';

/** Installing takes longer than building; it may take at least so long, milliseconds. */
const LEAST_TIME = 10 * 60_000;
const SUMMARY = 'Its dependencies are not installed';

/** What a rung comes to without its dependencies, where nothing may be installed. */
export function withoutDependencies(uninstalled: Uninstalled): Finding {
  const line = installLine(uninstalled);
  const how =
    line === '' ? uninstalled.notes.join(' ') : `Install with \`${line}\`, or let Assay do it (--install; in VS Code assay.verify.install).`;
  return { verdict: 'inconclusive', summary: SUMMARY, notes: [`${uninstalled.why} ${how}`] };
}

/** Installs dependencies as the first step of a rung, so that what was run and said is in its evidence. Answers what the rung comes to where that did not work. */
export async function installDependencies(
  proving: Proving,
  uninstalled: Uninstalled,
  options: ProofOptions,
  { signal }: Pick<JobContext<ProofEvent>, 'signal'>,
): Promise<Finding | undefined> {
  if (uninstalled.commands.length === 0) return withoutDependencies(uninstalled);
  if (options.offline) {
    const why = `${uninstalled.why} Installing takes a network, and commands have none (--offline; in VS Code assay.verify.offline).`;
    return { verdict: 'inconclusive', summary: SUMMARY, notes: [why] };
  }
  for (const note of uninstalled.notes) proving.note(note);
  const time = Math.max(options.time, LEAST_TIME);
  for (const command of uninstalled.commands) {
    const exit = await proving.install(command, time);
    const broken = brokenOff(exit, { ...options, time });
    if (broken) return { verdict: broken.verdict, summary: 'Its dependencies were not installed to the end', notes: [broken.why] };
    if (exit.code !== 0 || signal.aborted) {
      const how = exit.code === null ? 'was ended by a signal' : `ended with status ${exit.code}`;
      return {
        verdict: 'inconclusive',
        summary: 'Its dependencies could not be installed',
        notes: [`\`${installLine({ commands: [command] })}\` ${how}: its log says why.`],
      };
    }
  }
  proving.note(`${uninstalled.why} They were installed with \`${installLine(uninstalled)}\`.`);
  return undefined;
}
