import { type PlainArguments, withoutFlags } from './arguments.ts';

const NOT_OURS = [
  'run',
  'watch',
  'dev',
  '--run',
  '--watch',
  '-w',
  '--ui',
  '--open',
  '--changed',
  '--bail',
  '--coverage',
  '--typecheck',
  '--cache',
  '--no-cache',
];

/** `vitest run`: without coverage, whose thresholds are no tests, and without `--typecheck`, which runs none of the code. */
export const vitest: PlainArguments = {
  whole: (given) => ['run', ...withoutFlags(given, NOT_OURS), '--bail=1', '--coverage.enabled=false', '--no-cache'],
  // Files are added to the ones that the script names, or may be taken for the value of its last flag.
  only: (given, files) => (withoutFlags(given, NOT_OURS).every((arg) => arg.startsWith('-')) ? [...files] : undefined),
  toPass: (tail) => (tail.some((line) => line.includes('No test suite found in file')) ? ['--passWithNoTests'] : []),
};
