import { type PlainArguments, withoutFlags } from './arguments.ts';

const NOT_OURS = [
  '--watch',
  '--watchAll',
  '--coverage',
  '--collectCoverage',
  '--no-coverage',
  '--onlyChanged',
  '-o',
  '--lastCommit',
  '--bail',
  '-b',
  '--ci',
];

/** `jest`: without coverage, whose thresholds are no tests, and without watchman, which would go on watching a folder that is gone. */
export const jest: PlainArguments = {
  whole: (given, cache) => [
    ...withoutFlags(given, NOT_OURS),
    '--ci',
    '--bail=1',
    '--coverage=false',
    '--watchman=false',
    `--cacheDirectory=${cache}`,
  ],
  only: (_given, files) => ['--runTestsByPath', ...files],
};
