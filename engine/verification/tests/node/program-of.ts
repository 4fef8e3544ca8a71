import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import path from 'node:path';
import { hasNodeTests } from '../../../workspace/index.ts';

/** Which of our listeners a process of Node needs. */
export type Listened = 'vitest' | 'jest' | 'mocha' | 'node-test' | 'launcher' | 'coverage-tool' | 'unheard';

const VITEST = /[\\/]node_modules[\\/]vitest[\\/]vitest\.m?js$/;
const MOCHA = /[\\/]node_modules[\\/]mocha[\\/](bin[\\/]_?mocha(\.js)?|lib[\\/]cli[\\/]cli\.c?js)$/;
const JEST = /[\\/]node_modules[\\/](jest|jest-cli)[\\/]bin[\\/]jest\.js$/;
const BORP = /[\\/]node_modules[\\/]borp[\\/]borp\.js$/;
const COVERAGE_TOOL = /[\\/]node_modules[\\/](c8[\\/]bin[\\/]c8|nyc[\\/]bin[\\/]nyc)\.js$/;
const ISTANBUL = /[\\/]node_modules[\\/]istanbul[\\/]lib[\\/]cli\.js$/;
/** Programs of frameworks that have no reporter of ours, by what their frameworks are called. */
const UNHEARD: Readonly<Record<string, RegExp>> = {
  ava: /[\\/]node_modules[\\/]ava[\\/](entrypoints[\\/]cli\.mjs|cli\.js)$/,
  tape: /[\\/]node_modules[\\/]tape[\\/]bin[\\/]tape$/,
  uvu: /[\\/]node_modules[\\/]uvu[\\/]bin\.js$/,
  jasmine: /[\\/]node_modules[\\/]jasmine[\\/]bin[\\/]jasmine(\.js)?$/,
  karma: /[\\/]node_modules[\\/]karma[\\/]bin[\\/]karma$/,
  playwright: /[\\/]node_modules[\\/](@playwright[\\/]test|playwright)[\\/]cli\.js$/,
  cypress: /[\\/]node_modules[\\/]cypress[\\/](dist[\\/])?bin[\\/]cypress(\.js)?$/,
  tap: /[\\/]node_modules[\\/](tap[\\/]bin[\\/]run|@tapjs[\\/]run[\\/]dist[\\/]esm[\\/]index)\.m?js$/,
  lab: /[\\/]node_modules[\\/]@hapi[\\/]lab[\\/]bin[\\/]lab(\.js)?$/,
  qunit: /[\\/]node_modules[\\/]qunit[\\/]bin[\\/]qunit\.js$/,
  'web-test-runner': /[\\/]node_modules[\\/]@web[\\/]test-runner[\\/]dist[\\/]bin\.js$/,
};
const NAMES: Readonly<Partial<Record<Listened, string>>> = { 'node-test': 'node:test' };
/** Package managers, and what they start other programs with: their scripts may set Node's options anew. */
const LAUNCHER =
  /[\\/](node_modules|nodejs|corepack([\\/]v\d+)?)[\\/](npm|pnpm|corepack|cross-env|cross-env-shell|env-cmd|dotenv-cli|npm-run-all2?|concurrently)[\\/]|[\\/]yarn[\w.-]*\.c?js$/;
const IN_NODE_MODULES = /[\\/]node_modules[\\/]/;
const RUNS_JEST = /(?:\bfrom|\bimport|\brequire\s*\(|\brequire\.resolve\s*\()\s*['"](?:jest|jest-cli|@jest\/core)['"]/;

/** Which framework a process is about to run, or that it is to start one, by its program (real path) and the options of Node; undefined for all other processes. */
export function programOf(script: string | undefined, options: readonly string[]): Listened | undefined {
  if (options.includes('--test')) return 'node-test';
  if (script === undefined) return undefined;
  if (VITEST.test(script)) return 'vitest';
  if (JEST.test(script)) return 'jest';
  if (MOCHA.test(script)) return 'mocha';
  if (BORP.test(script)) return 'node-test';
  if (/[\\/](react-scripts|craco)[\\/].*[\\/]test\.js$/.test(script)) return 'jest';
  if (unheard(script) !== undefined) return 'unheard';
  if (LAUNCHER.test(script)) return 'launcher';
  if (COVERAGE_TOOL.test(script)) return 'coverage-tool';
  if (IN_NODE_MODULES.test(script)) return undefined;
  if (hasNodeTests(script)) return 'node-test';
  return RUNS_JEST.test(textOf(script)) ? 'jest' : undefined;
}

/** What the framework is called whose program (real path) needs a listener. */
export function frameworkOf(listened: Listened, script: string | undefined): string {
  return (listened === 'unheard' && unheard(script ?? '')) || (NAMES[listened] ?? listened);
}

/** The program (real path) that another one runs within its own process: `istanbul cover _mocha`. */
export function programBehind(script: string | undefined, args: readonly string[]): string | undefined {
  if (script === undefined || !ISTANBUL.test(script) || !args.some((one) => /(^|[\\/])_?mocha(\.js)?$/.test(one))) return script;
  return path.join(path.dirname(createRequire(path.join(process.cwd(), 'package.json')).resolve('mocha/package.json')), 'bin', '_mocha');
}

function unheard(script: string): string | undefined {
  return Object.entries(UNHEARD).find(([, program]) => program.test(script))?.[0];
}

function textOf(file: string): string {
  try {
    return readFileSync(file, 'utf8');
  } catch {
    return '';
  }
}
