import { parseArgs } from 'node:util';
import { machine } from './support/machine.ts';
import { median, spread, table } from './support/numbers.ts';
import { assayRun, type Prepared, type PreparedRun, prepared, strykerRun } from './support/prepared.ts';

/**
 * How fast Assay is beside StrykerJS's own command line on public repositories, and on which mutants they differ. In each DIRECTORY lies a repository with
 * its dependencies, in which StrykerJS is installed and has a `stryker.config.json` that names the files to mutate; both are whole processes from a cold
 * start, in turns, and the ratio is taken of each turn. What Node and the frameworks compiled in earlier runs is kept for both.
 *
 *     node bench/field.ts [--pairs 5] [--concurrency 2] DIRECTORY …
 */
const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: { pairs: { type: 'string', default: '5' }, concurrency: { type: 'string', default: '2' } },
});
const pairs = Number(values.pairs);
const concurrency = Number(values.concurrency);

process.stdout.write(`${machine()}; ${pairs} pairs, concurrency ${concurrency}\n\n`);
const rows: string[][] = [];
const differing: string[] = [];
for (const directory of positionals) {
  await measure(prepared(directory)).catch((error: unknown) => {
    process.stderr.write(`${String(error).slice(0, 2000)}\n`);
    process.exitCode = 1;
  });
}
const head = [
  'repository',
  'files',
  'framework',
  'mutants',
  'StrykerJS, s',
  'Assay, s',
  'times as fast',
  'verdicts that differ from all of StrykerJS’s runs',
];
process.stdout.write(`${table(head, rows)}\n${differing.join('')}`);

async function measure(subject: Prepared): Promise<void> {
  const { name, files, framework } = subject;
  const turns: { stryker: PreparedRun; assay: PreparedRun }[] = [];
  await assayRun(subject, concurrency);
  for (let pair = 1; pair <= pairs; pair++) {
    const turn = { stryker: await strykerRun(subject, concurrency), assay: await assayRun(subject, concurrency) };
    turns.push(turn);
    process.stderr.write(
      `${name} ${pair}/${pairs}: ${seconds(turn.stryker)} and ${seconds(turn.assay)} s, ${ratio(turn).toFixed(1)} times as fast\n`,
    );
  }
  const differences = differ(turns);
  for (const difference of differences) differing.push(`${name}: ${difference}\n`);
  rows.push([
    name,
    files.length > 2 ? `${files.length} files` : files.join(', '),
    framework,
    String(turns[0]?.stryker.verdicts.size),
    spread(
      turns.map(({ stryker }) => stryker.wallMs / 1000),
      1,
    ),
    spread(
      turns.map(({ assay }) => assay.wallMs / 1000),
      1,
    ),
    spread(turns.map(ratio), 1),
    String(differences.length),
  ]);
  process.stderr.write(`${name}: ${median(turns.map(ratio)).toFixed(1)} times as fast, ${differences.length} verdicts differ\n`);
}

/** The mutants that one of our runs judged as none of StrykerJS's did, and those that only one of them knows. */
function differ(turns: readonly { stryker: PreparedRun; assay: PreparedRun }[]): string[] {
  const theirs = new Map<string, Set<string>>();
  for (const { stryker } of turns) {
    for (const [mutant, { status }] of stryker.verdicts) theirs.set(mutant, (theirs.get(mutant) ?? new Set()).add(status));
  }
  const differences = new Map<string, string>();
  for (const { assay } of turns) {
    for (const [mutant, { status, reason }] of assay.verdicts) {
      const known = theirs.get(mutant);
      if (!known) differences.set(mutant, 'only Assay has it');
      else if (!known.has(status))
        differences.set(mutant, `${[...known].join(' or ')} there, ${status} here ${reason.split('\n')[0]?.slice(0, 100)}`);
    }
    for (const mutant of theirs.keys()) if (!assay.verdicts.has(mutant)) differences.set(mutant, 'only StrykerJS has it');
  }
  return [...differences].map(([mutant, how]) => `${mutant.slice(0, 160)}: ${how}`);
}

function ratio({ stryker, assay }: { stryker: PreparedRun; assay: PreparedRun }): number {
  return stryker.wallMs / assay.wallMs;
}

function seconds({ wallMs }: PreparedRun): string {
  return (wallMs / 1000).toFixed(1);
}
