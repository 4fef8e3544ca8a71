/** How a framework is told to run its tests once, by the arguments behind its name. */
export interface PlainArguments {
  /** All tests, once, as far as the first failure; `given` is what the test script passes, `cache` a folder for what the framework keeps. */
  whole(given: readonly string[], cache: string): string[];
  /** What to add to run only the tests in some files (absolute paths); undefined where that cannot be said. */
  only(given: readonly string[], files: readonly string[]): string[] | undefined;
  /** What to add for a project that fails without a mutant for a reason that is no test (its script may start the framework in a way that we cannot read), from the last lines that it said. */
  toPass?(tail: readonly string[]): string[];
}

/** The arguments without some flags, given with or without `=value`. */
export function withoutFlags(args: readonly string[], flags: readonly string[]): string[] {
  return args.filter((arg) => !flags.includes(arg.split('=')[0] as string));
}
