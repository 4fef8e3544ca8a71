import { FLAG, readArguments, TEXT } from './arguments.ts';
import { number } from './numbers.ts';

/** The options of `assay strengthen`. */
export interface StrengthenOptions {
  file: string;
  /** Ids of mutants; all that no test noticed where there are none. */
  mutants: string[];
  /** Whether the tests are written into their files. */
  write: boolean;
  /** Where the machine form goes; `-` is standard output. */
  json?: string;
  concurrency?: number;
  node?: string;
  dryRunMinutes: number;
  help: boolean;
}

/** What `assay strengthen --help` prints. */
export const STRENGTHEN_HELP = `assay strengthen FILE [options]

Finds tests that notice the mutants of a file that no test notices, and prints them as a patch. Each was seen to pass 10 times, with the
other tests of its file in ever another order, and to fail with its mutants. What a test asserts is what the code does today: review it.

  --mutant ID           only this mutant (may be given several times; ids are in the JSON of "assay mutate" and in this one's)
  --write               write the tests into their files
  --json FILE           the tests, and the mutants that none was found for with why, as JSON ("-" is standard output)
  --concurrency N       how many test processes run at once
  --dry-run-minutes N   how long the tests may take to run once (default 5)
  --node PATH           the Node that runs the tests (default: the one that runs this command)

Exit status: 0 done, 2 could not run or write, 130 cancelled.
`;

/** Its options beside `--help`. */
const OPTIONS = {
  mutant: { ...TEXT, multiple: true },
  write: FLAG,
  json: TEXT,
  concurrency: TEXT,
  node: TEXT,
  'dry-run-minutes': TEXT,
} as const;

/** Reads the arguments behind `strengthen`. The error is a sentence for the person who typed them. */
export function parseStrengthenOptions(args: string[]): { options: StrengthenOptions } | { error: string } {
  const parsed = readArguments(args, OPTIONS);
  if ('error' in parsed) return parsed;
  const { values, positionals } = parsed;
  const [file] = positionals;
  if (!values.help && (file === undefined || positionals.length > 1)) return { error: 'Name one source file.' };
  const concurrency = number(values.concurrency, 1, 1024, true);
  if (concurrency === null) return { error: `--concurrency takes a whole number from 1, not "${values.concurrency}".` };
  const minutes = number(values['dry-run-minutes'], 0.01, 1440);
  if (minutes === null) return { error: `--dry-run-minutes takes a number of minutes, not "${values['dry-run-minutes']}".` };
  return {
    options: {
      file: file ?? '',
      mutants: values.mutant ?? [],
      write: values.write ?? false,
      ...(values.json !== undefined && { json: values.json }),
      ...(concurrency !== undefined && { concurrency }),
      ...(values.node !== undefined && { node: values.node }),
      dryRunMinutes: minutes ?? 5,
      help: values.help ?? false,
    },
  };
}
