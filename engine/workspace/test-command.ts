import type { FrameworkName } from './framework.ts';

/** What a package's test script says about how its framework is started. */
export interface TestCommand {
  framework: FrameworkName;
  /** Variables set in front of the command (`TZ=UTC`, `cross-env NODE_ENV=test`). */
  env: Record<string, string>;
  /** The framework's own arguments, as the shell would pass them. */
  args: string[];
  /** Arguments for Node itself, from `node --import x node_modules/.bin/mocha` or `NODE_OPTIONS`. */
  nodeArgs: string[];
}

/** Words in front of a framework's name that only start it. */
const LAUNCHERS = new Set(['npx', 'pnpm', 'yarn', 'bunx', 'exec', 'dlx', 'run', 'cross-env', 'cross-env-shell', 'c8', 'nyc', 'env', '--']);
const FRAMEWORKS: Record<string, FrameworkName> = { vitest: 'vitest', jest: 'jest', mocha: 'mocha', _mocha: 'mocha', 'ts-mocha': 'mocha' };

/**
 * Reads a package.json script and finds the command in it that starts one of the frameworks we know.
 * Scripts may chain commands (`lint && vitest run`) and call other scripts (`npm run test:unit`), which `scripts` resolves.
 */
export function parseTestCommand(script: string, scripts: Record<string, string> = {}, depth = 0): TestCommand | undefined {
  for (const words of splitCommands(script)) {
    const found = frameworkIn(words);
    if (found) return found;
    const called = calledScript(words);
    const body = called === undefined ? undefined : scripts[called];
    const nested = body !== undefined && depth < 5 ? parseTestCommand(body, scripts, depth + 1) : undefined;
    if (nested) return nested;
  }
  return undefined;
}

/** Splits a shell line into commands, each a list of words; quotes and backslashes are honoured, nothing is expanded. */
export function splitCommands(line: string): string[][] {
  const commands: string[][] = [[]];
  let word = '';
  let started = false;
  let quote = '';
  const endWord = () => {
    if (started) commands.at(-1)?.push(word);
    word = '';
    started = false;
  };
  for (let i = 0; i < line.length; i++) {
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
    else if (c === '&' || c === '|' || c === ';') {
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

function frameworkIn(words: string[]): TestCommand | undefined {
  const env: Record<string, string> = {};
  const nodeArgs: string[] = [];
  for (let i = 0; i < words.length; i++) {
    const word = words[i] as string;
    const assignment = /^([A-Za-z_]\w*)=(.*)$/s.exec(word);
    if (assignment) {
      env[assignment[1] as string] = assignment[2] as string;
      continue;
    }
    const framework = FRAMEWORKS[programName(word)];
    if (framework) return { framework, env, args: words.slice(i + 1), nodeArgs };
    if (programName(word) === 'node' || isNodeLoader(word)) {
      i = readNodeArgs(words, i + 1, nodeArgs);
      continue;
    }
    if (word.startsWith('-') || LAUNCHERS.has(word) || LAUNCHERS.has(words[i - 1] ?? '')) continue;
    return undefined;
  }
  return undefined;
}

/** Collects Node's own flags, with their values, from `start`; answers the index of the last word that belongs to them. */
function readNodeArgs(words: string[], start: number, into: string[]): number {
  let i = start;
  for (; i < words.length && (words[i] as string).startsWith('-'); i++) {
    into.push(words[i] as string);
    if (/^(-r|--require|--import|--loader|--experimental-loader|-C|--conditions)$/.test(words[i] as string) && i + 1 < words.length) {
      into.push(words[++i] as string);
    }
  }
  return i - 1;
}

function isNodeLoader(word: string): boolean {
  return programName(word) === 'tsx';
}

function calledScript(words: string[]): string | undefined {
  const runner = words.findIndex((word) => /^(npm|pnpm|yarn|bun)$/.test(word));
  if (runner < 0) return undefined;
  const rest = words.slice(runner + 1).filter((word) => !word.startsWith('-') && word !== 'run');
  return rest[0];
}

/** `node_modules/.bin/mocha`, `./node_modules/mocha/bin/mocha.js` and `mocha` are all `mocha`. */
function programName(word: string): string {
  const last = word.replaceAll('\\', '/').split('/').at(-1) ?? word;
  return last.replace(/\.(m|c)?js$|\.cmd$/, '');
}
