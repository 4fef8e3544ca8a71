import { parseArgs } from 'node:util';
import { type CommandRun, type EditorRun, runCommand, runInEditor } from './support/assay.ts';
import { sayCounts } from './support/counts.ts';
import { machine } from './support/machine.ts';
import { spread, table } from './support/numbers.ts';
import { prepareStryker, type StrykerRun } from './support/stryker.ts';
import { DEFAULT_SUBJECTS, prepareSubject, type Subject } from './support/subject.ts';

/**
 * How fast Assay is beside StrykerJS's own command line, on the same file with the same number of processes, each a whole process from a cold start: the
 * two run in turns, and the ratio is taken of each turn. With --reference, StrykerJS judges in Assay too, and the ratio is what Assay costs over it.
 * Both must give the same counts by status; otherwise this fails. Turns that warm up the caches of disk and framework come first and are not counted.
 *
 *     node bench/mutation.ts [--reference] [--pairs 5] [--warm-ups 1] [--concurrency 2] [vitest | jest | mocha | DIRECTORY:FILE …]
 */
const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    pairs: { type: 'string', default: '5' },
    'warm-ups': { type: 'string', default: '1' },
    concurrency: { type: 'string', default: '2' },
    reference: { type: 'boolean', default: false },
  },
});
const pairs = Number(values.pairs);
const warmUps = Number(values['warm-ups']);
const concurrency = Number(values.concurrency);

interface Turn {
  stryker: StrykerRun;
  command: CommandRun;
  /** Not asked where StrykerJS judges: an editor has no such switch. */
  editor?: EditorRun;
}

interface Measured {
  subject: Subject;
  turns: Turn[];
  differences: string[];
}

process.stdout.write(`${machine()}; ${pairs} pairs after ${warmUps} to warm up, concurrency ${concurrency}\n\n`);
const measured: Measured[] = [];
for (const argument of positionals.length > 0 ? positionals : DEFAULT_SUBJECTS) measured.push(await measure(argument));
process.stdout.write(`${wallTable()}\n${verdictTable()}\n${ratios()}`);
const differences = measured.flatMap((one) => one.differences);
for (const difference of differences) process.stderr.write(`${difference}\n`);
if (differences.length > 0) process.exitCode = 1;

async function measure(argument: string): Promise<Measured> {
  const subject = await prepareSubject(argument);
  const runStryker = prepareStryker(subject, concurrency);
  const turns: Turn[] = [];
  const differences: string[] = [];
  for (let pair = 1 - warmUps; pair <= pairs; pair++) {
    const turn = {
      stryker: await runStryker(),
      command: await runCommand(subject, concurrency, values.reference),
      ...(!values.reference && { editor: await runInEditor(subject, concurrency) }),
    };
    if (pair > 0) turns.push(turn);
    const [theirs, ours, editors] = [turn.stryker, turn.command, turn.editor ?? turn.command].map(({ counts }) => sayCounts(counts));
    if (ours !== theirs) differences.push(`${subject.name}, pair ${pair}: StrykerJS has ${theirs}; assay has ${ours}`);
    if (editors !== theirs) differences.push(`${subject.name}, pair ${pair}: StrykerJS has ${theirs}; the server has ${editors}`);
    process.stderr.write(`${subject.name} ${pair}/${pairs}: ${seconds(turn.stryker.wallMs)} and ${seconds(turn.command.wallMs)}\n`);
  }
  return { subject, turns, differences };
}

function wallTable(): string {
  const rows = measured.map(({ subject, turns, differences }) => [
    subject.name,
    `${subject.framework} ${subject.version}`,
    sayCounts(turns[0]?.stryker.counts ?? {}),
    differences.length === 0 ? 'yes' : 'NO',
    spread(
      turns.map(({ stryker }) => stryker.wallMs / 1000),
      2,
    ),
    spread(
      turns.map(({ command }) => command.wallMs / 1000),
      2,
    ),
    ...(values.reference
      ? [spread(turns.map(commandRatio), 3)]
      : [
          spread(
            turns.map((turn) => 1 / commandRatio(turn)),
            1,
          ),
        ]),
  ]);
  return table(
    ['file', 'framework', 'mutants', 'same counts', 'StrykerJS, s', 'assay, s', values.reference ? 'ratio of the pairs' : 'times as fast'],
    rows,
  );
}

function verdictTable(): string {
  const rows = measured.map(({ subject, turns }) => [
    subject.name,
    times(turns.map(({ stryker }) => stryker.firstVerdictMs)),
    times(turns.map(({ stryker }) => stryker.firstProgressMs)),
    times(turns.map(({ editor }) => editor?.firstVerdictMs)),
    times(turns.map(({ editor }) => editor?.firstVerdictMs && editor.firstVerdictMs + editor.startMs)),
  ]);
  return table(['file', 'StrykerJS judged a mutant, s', 'StrykerJS said so, s', 'Assay said so, s', 'with the start of its server, s'], rows);
}

function ratios(): string {
  return measured.map(({ subject, turns }) => `${subject.name}: ratios ${turns.map((turn) => commandRatio(turn).toFixed(3)).join(', ')}\n`).join('');
}

function commandRatio({ stryker, command }: Turn): number {
  return command.wallMs / stryker.wallMs;
}

function times(values: readonly (number | undefined)[]): string {
  const known = values.filter((value) => value !== undefined).map((value) => value / 1000);
  return known.length === 0 ? 'never' : `${spread(known, 2)}${known.length < values.length ? ` in ${known.length} of ${values.length}` : ''}`;
}

function seconds(ms: number): string {
  return `${(ms / 1000).toFixed(2)} s`;
}
