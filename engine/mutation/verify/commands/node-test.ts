import { type PlainArguments, withoutFlags } from './arguments.ts';

/** `node --test`. Files on its command line take the place of those that it would find, but stand beside patterns that are given. */
export const nodeTest: PlainArguments = {
  whole: (given) => withoutFlags(given, ['--watch']),
  only: (given, files) => (given.some((argument) => !argument.startsWith('-')) ? undefined : [...files]),
};
