import type { TestCommand } from './test-command.ts';

/** Options of bnt that have a value in the next word. */
const VALUED = /^(-t|--coverage|--coverage-include|--coverage-exclude)$/;
/** Which files are tests where none are named. */
const DEFAULT_PATTERN = '**/*.{test,spec}.{js,ts}';

/** What bnt (https://github.com/ai/better-node-test), a runner of node:test, makes of its arguments: those of `node --test`. Coverage is left out. */
export function bntCommand(words: readonly string[]): Pick<TestCommand, 'args'> {
  const args = words.filter((word, i) => !word.startsWith('-') && !VALUED.test(words[i - 1] ?? ''));
  return { args: args.length > 0 ? args : [DEFAULT_PATTERN] };
}
