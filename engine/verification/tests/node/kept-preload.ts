/** What Node is about to start, as its `ChildProcess` is told. */
export interface Started {
  args?: readonly string[];
  /** `NAME=value` each. */
  envPairs?: readonly string[];
}

const NAME = 'NODE_OPTIONS=';
const MARK = 'ASSAY_TEST_PRELOAD=';
/** An assignment that a shell makes: `NODE_OPTIONS=x jest`, `export NODE_OPTIONS=x`, and the word that `cross-env` gets. */
const ASSIGNMENT = /(?<=^|[\s;&|(])NODE_OPTIONS=(?=\S)/g;

/**
 * The same with the option that preloads us among Node's, where these are set anew: in the environment, and in a line for a shell. What does not get the
 * variables that came with the option is not meant to.
 *
 * @param preload an option of Node
 */
export function withPreload<T extends Started>(started: T, preload: string): T {
  const { args = [], envPairs = [] } = started;
  if (!envPairs.some((pair) => pair.startsWith(MARK))) return started;
  const own = envPairs.find((pair) => pair.startsWith(NAME)) ?? NAME;
  const options = own.includes(preload) ? own : `${NAME}${preload} ${own.slice(NAME.length)}`.trimEnd();
  return {
    ...started,
    envPairs: [...envPairs.filter((pair) => !pair.startsWith(NAME)), options],
    ...(args[1] === '-c' && { args: args.map((arg, i) => (i === 2 ? inShell(arg) : arg)) }),
  };
}

/** What stands in quotes is for another shell to read, which may not know the variable. */
function inShell(line: string): string {
  return line.replace(ASSIGNMENT, (whole, at: number) => (isQuoted(line.slice(0, at)) ? whole : `${whole}"$${MARK.slice(0, -1)} "`));
}

function isQuoted(before: string): boolean {
  let quote = '';
  for (const [char] of before.matchAll(/\\.|["']/gs)) {
    if (quote === '' && (char === '"' || char === "'")) quote = char;
    else if (char === quote) quote = '';
  }
  return quote !== '';
}
