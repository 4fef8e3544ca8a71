import { FLAG, readArguments, TEXT } from './arguments.ts';
import { number } from './numbers.ts';

/** The largest seed: a number of 32 bits. */
export const LARGEST_SEED = 2 ** 32 - 1;

/** The options of `assay mutate`. */
export interface MutateOptions {
  paths: string[];
  /** Where to write each format; `-` is standard output. */
  outputs: { format: 'json' | 'html' | 'sarif' | 'markdown'; file: string }[];
  breakBelow?: number;
  concurrency?: number;
  since?: string;
  node?: string;
  dryRunMinutes: number;
  /** Whether all survivors are printed. */
  all: boolean;
  /** How many verdicts are checked against the plain test command, and the seed of their choice where a person gave one. */
  verify?: { count: number; seed?: number };
  /** Whether it is a quick scan, which removes the whole body of each function and changes nothing else. */
  extreme: boolean;
  /** Whether StrykerJS itself judges. */
  reference: boolean;
  help: boolean;
}

/** What `assay mutate --help` prints. */
export const MUTATE_HELP = `assay mutate [files|directories…] [options]

Breaks the code on purpose, one small change at a time, and reports the changes that no test notices.
Without paths: the directory it stands in. Tests, configurations and build output are never mutated.

  --extreme             a quick scan: remove each function's whole body instead, and list the functions that no test would miss
  --since REF           only functions changed since a git ref (branch, tag, commit)
  --all                 print every survivor; without it the most telling ones, at most 1 a line and 7 a file
  --json FILE           mutation-testing-report JSON, schema version 2 ("-" is standard output)
  --html FILE           a self-contained HTML report
  --sarif FILE          SARIF 2.1.0
  --markdown FILE       a Markdown summary
  --break-below SCORE   exit with 1 when the mutation score (0 to 100) is below this
  --concurrency N       how many test processes run at once
  --dry-run-minutes N   how long the tests may take to run once (default 5)
  --verify N            check N random verdicts: write the mutant into a copy and run the test script's own command there
  --verify-seed S       choose the same verdicts as the run that printed this seed
  --reference           let StrykerJS itself judge, which starts the tests anew for each mutant
  --node PATH           the Node that runs the tests (default: the one that runs this command)

Exit status: 0 done, 1 below the score that was asked for or a verdict that is wrong, 2 could not run, 130 cancelled.
`;

/** Its options beside `--help`. */
const OPTIONS = {
  json: TEXT,
  html: TEXT,
  sarif: TEXT,
  markdown: TEXT,
  'break-below': TEXT,
  concurrency: TEXT,
  since: TEXT,
  node: TEXT,
  'dry-run-minutes': TEXT,
  all: FLAG,
  verify: TEXT,
  'verify-seed': TEXT,
  extreme: FLAG,
  reference: FLAG,
} as const;

/** Reads the arguments behind `mutate`. The error is a sentence for the person who typed them. */
export function parseMutateOptions(args: string[]): { options: MutateOptions } | { error: string } {
  const parsed = readArguments(args, OPTIONS);
  if ('error' in parsed) return parsed;
  const { values, positionals } = parsed;
  const score = number(values['break-below'], 0, 100);
  if (score === null) return { error: `--break-below takes a score from 0 to 100, not "${values['break-below']}".` };
  const concurrency = number(values.concurrency, 1, 1024, true);
  if (concurrency === null) return { error: `--concurrency takes a whole number from 1, not "${values.concurrency}".` };
  const minutes = number(values['dry-run-minutes'], 0.01, 1440);
  if (minutes === null) return { error: `--dry-run-minutes takes a number of minutes, not "${values['dry-run-minutes']}".` };
  const count = number(values.verify, 1, 1_000_000, true);
  if (count === null) return { error: `--verify takes how many verdicts to check, a whole number from 1, not "${values.verify}".` };
  const seed = number(values['verify-seed'], 0, LARGEST_SEED, true);
  if (seed === null) return { error: `--verify-seed takes a whole number from 0 to ${LARGEST_SEED}, not "${values['verify-seed']}".` };
  if (seed !== undefined && count === undefined) return { error: '--verify-seed needs --verify N.' };
  if (values.extreme && score !== undefined) return { error: '--break-below needs the mutation score, which --extreme does not tell.' };
  const outputs = (['json', 'html', 'sarif', 'markdown'] as const).flatMap((format) => {
    const file = values[format];
    return file === undefined ? [] : [{ format, file }];
  });
  if (outputs.filter(({ file }) => file === '-').length > 1) return { error: 'Only one report can go to standard output.' };
  return {
    options: {
      paths: positionals,
      outputs,
      ...(score !== undefined && { breakBelow: score }),
      ...(concurrency !== undefined && { concurrency }),
      ...(values.since !== undefined && { since: values.since }),
      ...(values.node !== undefined && { node: values.node }),
      dryRunMinutes: minutes ?? 5,
      all: values.all ?? false,
      ...(count !== undefined && { verify: { count, ...(seed !== undefined && { seed }) } }),
      extreme: values.extreme ?? false,
      reference: values.reference ?? false,
      help: values.help ?? false,
    },
  };
}
