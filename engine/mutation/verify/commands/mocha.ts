import { type PlainArguments, withoutFlags } from './arguments.ts';

/** `mocha`. Files on its command line are added to those of its configuration, so that it cannot be told to run some alone. */
export const mocha: PlainArguments = {
  whole: (given) => [...withoutFlags(given, ['--watch', '-w', '--bail', '-b']), '--bail'],
  only: () => undefined,
};
