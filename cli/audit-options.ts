import { parseArgs } from 'node:util';
import { number } from './numbers.ts';

/** The options of `assay audit`. */
export interface AuditOptions {
  paths: string[];
  /** Where to write each format; `-` is standard output. */
  outputs: { format: 'json' | 'sarif' | 'markdown'; file: string }[];
  breakBelow?: number;
  /** Whether each test is printed with its strength. */
  tests: boolean;
  /** Whether critical paths are looked at, too. */
  gaps: boolean;
  help: boolean;
}

/** What `assay audit --help` prints. */
export const AUDIT_HELP = `assay audit [files|directories…] [options]

Reads test files and tells how much each test checks (its strength, 0 to 100), and which assertions can never fail or never run.
Nothing is run. Without paths: the test files below the directory it stands in.

  --tests               print each test with its strength
  --gaps                tell how well critical paths are tested, from stored results of "assay mutate"
  --json FILE           all tests and findings as JSON ("-" is standard output)
  --sarif FILE          the findings as SARIF 2.1.0
  --markdown FILE       a Markdown summary
  --break-below N       exit with 1 when the mean strength of the tests is below N (0 to 100)

Exit status: 0 done, 1 below the strength that was asked for, 2 could not run, 130 cancelled.
`;

/** Reads the arguments behind `audit`. The error is a sentence for the person who typed them. */
export function parseAuditOptions(args: string[]): { options: AuditOptions } | { error: string } {
  let parsed: ReturnType<typeof parse>;
  try {
    parsed = parse(args);
  } catch (error) {
    return { error: (error as Error).message };
  }
  const { values, positionals } = parsed;
  const breakBelow = number(values['break-below'], 0, 100);
  if (breakBelow === null) return { error: `--break-below takes a number from 0 to 100, not "${values['break-below']}".` };
  const formats = ['json', 'sarif', 'markdown'] as const;
  return {
    options: {
      paths: positionals,
      outputs: formats.flatMap((format) => (values[format] === undefined ? [] : [{ format, file: values[format] }])),
      ...(breakBelow !== undefined && { breakBelow }),
      tests: values.tests ?? false,
      gaps: values.gaps ?? false,
      help: values.help ?? false,
    },
  };
}

function parse(args: string[]) {
  const text = { type: 'string' } as const;
  return parseArgs({
    args,
    allowPositionals: true,
    options: {
      tests: { type: 'boolean' },
      gaps: { type: 'boolean' },
      json: text,
      sarif: text,
      markdown: text,
      'break-below': text,
      help: { type: 'boolean', short: 'h' },
    },
  });
}
