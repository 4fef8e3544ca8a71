import { randomInt } from 'node:crypto';
import path from 'node:path';
import type { Failure } from '../engine/model/index.ts';
import { sample } from '../engine/model/index.ts';
import { type Check, countResults, describe, isVerifiable, type MutateOutcome, type Verification, verify } from '../engine/mutation/index.ts';
import { CountLine } from './count-line.ts';
import { LARGEST_SEED, type MutateOptions } from './mutate-options.ts';

/** How many of the last lines of a command that contradicts a verdict are shown. */
const SHOWN_LINES = 12;

/** What came of verifying a run, and why it could not be done for some package. */
export interface VerifiedRun {
  verification: Verification;
  failures: Failure[];
}

/** Verifies random verdicts of a run (`--verify N`) and says on standard error how far it is. */
export async function verifyRun(
  options: MutateOptions & { verify: NonNullable<MutateOptions['verify']> },
  outcome: MutateOutcome,
  signal: AbortSignal,
): Promise<VerifiedRun> {
  const { count, seed = randomInt(LARGEST_SEED) } = options.verify;
  const verdicts = outcome.packages.flatMap((of) => of.verdicts.filter(isVerifiable).map((verdict) => ({ of, verdict })));
  const chosen = sample(verdicts, count, seed);
  const verification: Verification = { seed, population: verdicts.length, checks: [], commands: [] };
  const failures: Failure[] = [];
  const line = new CountLine(process.stderr);
  let wrong = 0;
  let done = 0;
  for (const one of outcome.packages) {
    const mine = chosen.filter(({ of }) => of === one).map(({ verdict }) => verdict);
    if (mine.length === 0 || signal.aborted) continue;
    const { checks, failure, unmutated } = await verify(
      {
        package: one.package,
        verdicts: mine,
        tests: one.tests,
        node: { setting: options.node, own: { path: process.execPath, version: process.versions.node } },
        concurrency: options.concurrency ?? 1,
        dryRunMinutes: options.dryRunMinutes,
      },
      {
        signal,
        report: (event) => {
          if (event.kind === 'unmutated') return line.show('running the test command without a mutant', done, chosen.length);
          if (event.check.result === 'wrong') wrong++;
          line.show(`${++done} of ${chosen.length} verdicts verified · ${wrong} wrong`, done, chosen.length);
        },
      },
    );
    verification.checks.push(...checks);
    if (unmutated) verification.commands.push(unmutated.command);
    line.clear();
    if (!failure) continue;
    failures.push(failure);
    if (unmutated) process.stderr.write(shown(unmutated.tail));
  }
  return { verification, failures };
}

/** Prints how many verdicts were borne out and, of each other one, what the plain command said. */
export function printVerification({ seed, population, checks, commands }: Verification, cwd: string, stream: NodeJS.WriteStream): void {
  for (const check of checks.filter(({ result }) => result !== 'right')) stream.write(contradiction(check, cwd));
  const counts = countResults(checks);
  const rest = [
    ...(counts.inconclusive > 0 ? [`${counts.inconclusive} inconclusive`] : []),
    ...(counts['not-applied'] > 0 ? [`${counts['not-applied']} could not be applied`] : []),
  ];
  stream.write(
    `\nverified ${checks.length} of ${population}: ${[`${counts.right} right`, `${counts.wrong} wrong`, ...rest].join(', ')} (seed ${seed})\n`,
  );
  for (const command of new Set(commands)) stream.write(`each mutant written into a copy, and there: ${command}\n`);
}

function contradiction({ verdict, result, why, runs }: Check, cwd: string): string {
  const { start } = verdict.range;
  const outcomes = runs.map(({ outcome }) => (outcome === 'timed-out' ? 'runs over time' : outcome)).join(', then ');
  const said = runs.at(-1);
  const lines = [
    `${path.relative(cwd, verdict.file)}:${start.line + 1}:${start.column + 1}  ${describe(verdict)} ${verdict.mutator}`,
    `    ${result === 'not-applied' ? 'could not be applied' : result}: the verdict is ${verdict.status}${outcomes && `, the command ${outcomes}`}${why ? `; ${why}` : ''}`,
    ...(said ? [`    ${said.command}`] : []),
  ];
  return `\n${lines.join('\n')}\n${shown(said?.tail ?? [])}`;
}

/** The last words of a command. */
function shown(tail: readonly string[]): string {
  return tail
    .slice(-SHOWN_LINES)
    .map((line) => `    | ${line}\n`)
    .join('');
}
