import { bntCommand } from './bnt.ts';
import { borpCommand } from './borp.ts';

/** The test frameworks that Assay runs. */
export type FrameworkName = 'vitest' | 'jest' | 'mocha' | 'node:test';

/** What a package's test script says about how its framework is started. */
export interface TestCommand {
  framework: FrameworkName;
  /** Variables set in front of the command (`TZ=UTC`, `cross-env NODE_ENV=test`). */
  env: Record<string, string>;
  /** The framework's own arguments, as the shell would pass them. */
  args: string[];
  /** Arguments for Node itself, from `node --import x node_modules/.bin/mocha`; `NODE_OPTIONS` stays in `env`. */
  nodeArgs: string[];
}

type HasTests = (program: string) => boolean;

/** Programs in front of a framework's name that only start it. */
const LAUNCHERS = new Set([
  'npx',
  'pnpm',
  'yarn',
  'bunx',
  'exec',
  'dlx',
  'run',
  'cross-env',
  'cross-env-shell',
  'c8',
  'nyc',
  'istanbul',
  'cover',
  'env',
  '--',
]);
/** Those of them whose options may have a value of their own: `nyc --reporter lcov mocha`. */
const COVERAGE = new Set(['c8', 'nyc', 'cover']);
const FRAMEWORKS: Record<string, FrameworkName> = { vitest: 'vitest', jest: 'jest', mocha: 'mocha', _mocha: 'mocha', 'ts-mocha': 'mocha' };
/** Options with which a package manager works in another package. */
const ELSEWHERE = /^(-C|-F|--(cwd|dir|filter|prefix))(=|$)/;
const ASSIGNMENT = /^([A-Za-z_]\w*)=(.*)$/s;

/**
 * Reads a package.json script and finds the command in it that starts one of the frameworks we know.
 * Scripts may chain commands (`lint && vitest run`) and call other scripts (`npm run test:unit`), which `scripts` resolves.
 *
 * @param hasTests whether a program that `node` starts runs tests of node:test, by the path that stands there
 */
export function parseTestCommand(
  script: string,
  scripts: Record<string, string> = {},
  hasTests: HasTests = () => false,
  depth = 0,
): TestCommand | undefined {
  for (const words of splitCommands(script)) {
    // `yarn jest` and `pnpm jest` run the script of that name where there is one.
    const found = (depth < 5 ? throughScript(words, scripts, hasTests, depth) : undefined) ?? frameworkIn(words, hasTests);
    if (found) return found;
  }
  return undefined;
}

/** What means nothing to a shell; most of a line is that, and is taken at once. */
const PLAIN = /[^\s'"\\<>&|;]+/y;

/** Splits a shell line into commands, each a list of words without redirections; quotes and backslashes are honoured, nothing is expanded. */
export function splitCommands(line: string): string[][] {
  const commands: string[][] = [[]];
  let word = '';
  let started = false;
  let quote = '';
  let redirected = false;
  const endWord = () => {
    if (started && !redirected) commands.at(-1)?.push(word);
    if (started) redirected = false;
    word = '';
    started = false;
  };
  for (let i = 0; i < line.length; i++) {
    PLAIN.lastIndex = i;
    const plain = quote ? undefined : PLAIN.exec(line)?.[0];
    if (plain) {
      word += plain;
      started = true;
      i += plain.length - 1;
      continue;
    }
    const c = line.charAt(i);
    if (quote) {
      if (c === quote) quote = '';
      else if (c === '\\' && quote === '"' && i + 1 < line.length) word += line.charAt(++i);
      else word += c;
    } else if (c === "'" || c === '"') {
      quote = c;
      started = true;
    } else if (c === '\\' && i + 1 < line.length) {
      word += line.charAt(++i);
      started = true;
    } else if (/\s/.test(c)) endWord();
    else if (c === '>' || c === '<') {
      if (/^\d+$/.test(word)) started = false;
      endWord();
      while (/[<>&]/.test(line.charAt(i + 1))) i++;
      redirected = true;
    } else if (c === '&' || c === '|' || c === ';') {
      endWord();
      if (commands.at(-1)?.length) commands.push([]);
    } else {
      word += c;
      started = true;
    }
  }
  endWord();
  return commands.filter((words) => words.length > 0);
}

function frameworkIn(words: string[], hasTests: HasTests): TestCommand | undefined {
  const env: Record<string, string> = {};
  const nodeArgs: string[] = [];
  let launcher = '';
  for (let i = 0; i < words.length; i++) {
    const word = words[i] as string;
    const assignment = ASSIGNMENT.exec(word);
    if (assignment) {
      env[assignment[1] as string] = assignment[2] as string;
      continue;
    }
    const program = programName(word);
    const framework = FRAMEWORKS[program];
    // `istanbul cover _mocha -- --reporter dot`: what stands behind is Mocha's.
    if (framework) return { framework, env, args: words.slice(launcher === 'cover' && words[i + 1] === '--' ? i + 2 : i + 1), nodeArgs };
    if (program === 'bnt') return { framework: 'node:test', env: { ...env, NODE_ENV: 'test' }, nodeArgs, ...bntCommand(words.slice(i + 1)) };
    if (program === 'borp') return { framework: 'node:test', env, ...borpCommand(words.slice(i + 1)) };
    if (program === 'node' || program === 'tsx') {
      if (program === 'tsx') nodeArgs.push('--import', 'tsx');
      i = readNodeArgs(words, i + 1, nodeArgs);
      const test = nodeArgs.indexOf('--test');
      if (test >= 0) return { framework: 'node:test', env, args: words.slice(i + 1), nodeArgs: nodeArgs.toSpliced(test, 1) };
      const started = words[i + 1];
      if (started !== undefined && hasTests(started)) return { framework: 'node:test', env, args: [started], nodeArgs };
    } else if (LAUNCHERS.has(program) || (program === 'npm' && /^(exec|x)$/.test(words[i + 1] ?? ''))) {
      if (program === 'npm') i++;
      launcher = program;
    } else if (!launcher || (ELSEWHERE.test(word) && !COVERAGE.has(launcher))) return undefined;
    else if (!word.startsWith('-') && !(COVERAGE.has(launcher) && words[i - 1]?.startsWith('-'))) return undefined;
  }
  return undefined;
}

/** Collects Node's own flags, with their values, from `start`; answers the index of the last word that belongs to them. */
function readNodeArgs(words: string[], start: number, into: string[]): number {
  let i = start;
  for (; i < words.length && (words[i] as string).startsWith('-'); i++) {
    into.push(words[i] as string);
    if (
      /^(-r|--require|--import|--loader|--experimental-loader|-C|--conditions|--env-file(-if-exists)?)$/.test(words[i] as string) &&
      i + 1 < words.length
    ) {
      into.push(words[++i] as string);
    }
  }
  return i - 1;
}

/** The command in the script that `npm run NAME` and its kin call, with the variables in front of the call and the arguments behind it. */
function throughScript(words: string[], scripts: Record<string, string>, hasTests: HasTests, depth: number): TestCommand | undefined {
  const runner = words.findIndex((word) => /^(npm|pnpm|yarn|bun)$/.test(word));
  const before = words.slice(0, Math.max(0, runner));
  const behind = words.slice(runner + 1);
  if (runner < 0 || before.some((word) => FRAMEWORKS[programName(word)])) return undefined;
  const at = behind.findIndex((word) => !word.startsWith('-') && word !== 'run' && word !== 'run-script');
  if (behind.slice(0, Math.max(0, at)).some((word) => ELSEWHERE.test(word))) return undefined;
  const name = words[runner] === 'npm' && /^(t|tst)$/.test(behind[at] ?? '') ? 'test' : behind[at];
  const body = name === undefined ? undefined : scripts[name];
  if (body === undefined) return undefined;
  const given = behind.slice(at + 1);
  const separator = given.indexOf('--');
  const args = separator >= 0 ? given.slice(separator + 1) : words[runner] === 'npm' ? given.filter((word) => !word.startsWith('-')) : given;
  const found = parseTestCommand([body, ...args.map((arg) => JSON.stringify(arg))].join(' '), scripts, hasTests, depth + 1);
  const assignments = before.map((word) => ASSIGNMENT.exec(word)).filter((match) => match !== null);
  return found && { ...found, env: { ...Object.fromEntries(assignments.map(([, variable, value]) => [variable, value])), ...found.env } };
}

/** `node_modules/.bin/mocha`, `./node_modules/mocha/bin/mocha.js`, `mocha@11` and `mocha` are all `mocha`. */
function programName(word: string): string {
  const last = word.replaceAll('\\', '/').split('/').at(-1) ?? word;
  return last.replace(/\.(m|c)?js$|\.cmd$/, '').replace(/(?<=.)@.*$/, '');
}

/** The variables of a command with `$NAME` and `${NAME:-default}` in them replaced as the shell that starts it would. */
export function expandVariables(env: Record<string, string>, outer: NodeJS.ProcessEnv): Record<string, string> {
  const expand = (value: string) =>
    value.replace(/\$(?:([A-Za-z_]\w*)|\{([A-Za-z_]\w*)(?:(:?)-([^}]*))?\})/g, (_, plain, braced, orEmpty, otherwise) => {
      const known = outer[plain ?? braced];
      return (orEmpty ? known || otherwise : (known ?? otherwise)) ?? '';
    });
  return Object.fromEntries(Object.entries(env).map(([name, value]) => [name, expand(value)]));
}
