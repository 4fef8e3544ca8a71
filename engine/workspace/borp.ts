import type { TestCommand } from './test-command.ts';

/** Options of borp that have a value of their own in the next word. */
const VALUED =
  /^(-c|--concurrency|-t|--timeout|-i|--ignore|-X|--coverage-exclude|-p|--pattern|-r|--reporter|--lines|--functions|--branches|--statements)$/;
/** Which files are tests where none are named. */
const DEFAULT_PATTERN = '**/*.test.{cjs,mjs,js,cts,mts,ts}';
/** How long a test may take where nothing is said, milliseconds. */
const DEFAULT_TIMEOUT = '30000';

/** What borp (https://github.com/mcollina/borp), a runner of node:test, makes of its arguments: those of `node --test`. Reports and coverage are left out. */
export function borpCommand(words: readonly string[]): Pick<TestCommand, 'args' | 'nodeArgs'> {
  const args: string[] = [];
  const nodeArgs: string[] = [];
  let timeout: string | undefined = DEFAULT_TIMEOUT;
  for (let i = 0; i < words.length; i++) {
    const [option, attached] = (words[i] as string).split(/=(.*)/s) as [string, string | undefined];
    if (!option.startsWith('-')) args.push(words[i] as string);
    else {
      const value = attached ?? (VALUED.test(option) ? words[++i] : undefined);
      if (option === '--no-timeout') timeout = undefined;
      else if (/^(-t|--timeout)$/.test(option)) timeout = value;
      else if (/^(-p|--pattern)$/.test(option) && value !== undefined) args.push(value);
      else if (/^(-o|--only)$/.test(option)) nodeArgs.push('--test-only');
      else if (option === '--expose-gc') nodeArgs.push(option);
    }
  }
  if (timeout !== undefined) nodeArgs.push(`--test-timeout=${timeout}`);
  return { args: args.length > 0 ? args : [DEFAULT_PATTERN], nodeArgs };
}
