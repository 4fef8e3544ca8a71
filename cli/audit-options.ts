import { FLAG, readArguments, TEXT } from './arguments.ts';
import { number } from './numbers.ts';

/** The options of `assay audit`. */
export interface AuditOptions {
  paths: string[];
  /** Where to write each format; `-` is standard output. */
  outputs: { format: 'json' | 'sarif' | 'markdown'; file: string }[];
  breakBelow?: number;
  /** Whether each test is printed with its strength. */
  tests: boolean;
  /** Whether findings that are only hinted at are printed, too. */
  hints: boolean;
  /** Whether critical paths are looked at, too. */
  gaps: boolean;
  /** Whether the tests are run, and what they run is broken. */
  prove: boolean;
  concurrency?: number;
  node?: string;
  dryRunMinutes: number;
  help: boolean;
}

/** What `assay audit --help` prints. */
export const AUDIT_HELP = `assay audit [files|directories…] [options]

Reads test files and tells how much each test checks (its strength, 0 to 100), and which assertions can never fail or never run.
Nothing is run, but with --prove. Without paths: the test files below the directory it stands in.

  --tests               print each test with its strength
  --hints               print what is only hinted at, too: it is right less often, or meant more often
  --prove               run the tests (JavaScript and TypeScript), tell which assertions were not made, and break what each test runs
                        until it fails: a test that nothing makes fail passes whatever the code does
  --gaps                tell how well critical paths are tested, from stored results of "assay mutate"
  --json FILE           all tests and findings as JSON ("-" is standard output)
  --sarif FILE          the findings as SARIF 2.1.0
  --markdown FILE       a Markdown summary
  --break-below N       exit with 1 when the mean strength of the tests is below N (0 to 100)
  --concurrency N       how many test processes run at once
  --dry-run-minutes N   how long the tests of one file may be proved (default 5)
  --node PATH           the Node that runs the tests (default: the one that runs this command)

Exit status: 0 done, 1 below the strength that was asked for, 2 could not run, 130 cancelled.
`;

/** Its options beside `--help`. */
const OPTIONS = {
  tests: FLAG,
  hints: FLAG,
  gaps: FLAG,
  json: TEXT,
  sarif: TEXT,
  markdown: TEXT,
  'break-below': TEXT,
  prove: FLAG,
  concurrency: TEXT,
  node: TEXT,
  'dry-run-minutes': TEXT,
} as const;

/** Reads the arguments behind `audit`. The error is a sentence for the person who typed them. */
export function parseAuditOptions(args: string[]): { options: AuditOptions } | { error: string } {
  const parsed = readArguments(args, OPTIONS);
  if ('error' in parsed) return parsed;
  const { values, positionals } = parsed;
  const breakBelow = number(values['break-below'], 0, 100);
  if (breakBelow === null) return { error: `--break-below takes a number from 0 to 100, not "${values['break-below']}".` };
  const concurrency = number(values.concurrency, 1, 1024, true);
  if (concurrency === null) return { error: `--concurrency takes a whole number from 1, not "${values.concurrency}".` };
  const minutes = number(values['dry-run-minutes'], 0.01, 1440);
  if (minutes === null) return { error: `--dry-run-minutes takes a number of minutes, not "${values['dry-run-minutes']}".` };
  const formats = ['json', 'sarif', 'markdown'] as const;
  return {
    options: {
      paths: positionals,
      outputs: formats.flatMap((format) => (values[format] === undefined ? [] : [{ format, file: values[format] }])),
      ...(breakBelow !== undefined && { breakBelow }),
      tests: values.tests ?? false,
      hints: values.hints ?? false,
      gaps: values.gaps ?? false,
      prove: values.prove ?? false,
      ...(concurrency !== undefined && { concurrency }),
      ...(values.node !== undefined && { node: values.node }),
      dryRunMinutes: minutes ?? 5,
      help: values.help ?? false,
    },
  };
}
