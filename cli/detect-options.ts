import { readArguments, TEXT } from './arguments.ts';

/** The options of `assay detect`. */
export interface DetectOptions {
  directory: string;
  /** Where to write JSON; `-` is standard output. */
  json?: string;
  help: boolean;
}

/** What `assay detect --help` prints. */
export const DETECT_HELP = `assay detect [directory] [options]

Finds the projects at and below a directory (default: where it stands) and tells how each is installed, built, checked, tested and started, each with how
likely that is and the file and line that say so. Reads files; runs and writes nothing.

  --json FILE           all answers as JSON ("-" is standard output)

Exit status: 0 done, 2 could not run or found no project, 130 cancelled.
`;

/** Reads the arguments behind `detect`. The error is a sentence for the person who typed them. */
export function parseDetectOptions(args: string[]): { options: DetectOptions } | { error: string } {
  const parsed = readArguments(args, { json: TEXT });
  if ('error' in parsed) return parsed;
  const { values, positionals } = parsed;
  if (positionals.length > 1) return { error: 'It takes one directory.' };
  return { options: { directory: positionals[0] ?? '.', ...(values.json !== undefined && { json: values.json }), help: values.help ?? false } };
}
