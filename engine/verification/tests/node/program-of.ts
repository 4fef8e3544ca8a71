import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import path from 'node:path';
import { hasNodeTests } from '../../../workspace/index.ts';

/** Which of our listeners a process of Node needs. */
export type Listened = 'vitest' | 'jest' | 'mocha' | 'node-test' | 'node-test-run';

const VITEST = /[\\/]node_modules[\\/]vitest[\\/]vitest\.m?js$/;
const MOCHA = /[\\/]node_modules[\\/]mocha[\\/](bin[\\/]_?mocha(\.js)?|lib[\\/]cli[\\/]cli\.c?js)$/;
const JEST = /[\\/]node_modules[\\/](jest|jest-cli)[\\/]bin[\\/]jest\.js$/;
const BORP = /[\\/]node_modules[\\/]borp[\\/]borp\.js$/;
const ISTANBUL = /[\\/]node_modules[\\/]istanbul[\\/]lib[\\/]cli\.js$/;
const IN_NODE_MODULES = /[\\/]node_modules[\\/]/;
const RUNS_JEST = /(?:\bfrom|\bimport|\brequire\s*\(|\brequire\.resolve\s*\()\s*['"](?:jest|jest-cli|@jest\/core)['"]/;

/** Which framework a process is about to run, by its program (real path) and the options of Node; undefined for all other processes. */
export function programOf(script: string | undefined, options: readonly string[]): Listened | undefined {
  if (options.includes('--test')) return 'node-test';
  if (script === undefined) return undefined;
  if (VITEST.test(script)) return 'vitest';
  if (JEST.test(script)) return 'jest';
  if (MOCHA.test(script)) return 'mocha';
  if (BORP.test(script)) return 'node-test-run';
  if (/[\\/](react-scripts|craco)[\\/].*[\\/]test\.js$/.test(script)) return 'jest';
  if (IN_NODE_MODULES.test(script)) return undefined;
  if (hasNodeTests(script)) return 'node-test';
  return RUNS_JEST.test(textOf(script)) ? 'jest' : undefined;
}

/** The program (real path) that another one runs within its own process: `istanbul cover _mocha`. */
export function programBehind(script: string | undefined, args: readonly string[]): string | undefined {
  if (script === undefined || !ISTANBUL.test(script) || !args.some((one) => /(^|[\\/])_?mocha(\.js)?$/.test(one))) return script;
  return path.join(path.dirname(createRequire(path.join(process.cwd(), 'package.json')).resolve('mocha/package.json')), 'bin', '_mocha');
}

function textOf(file: string): string {
  try {
    return readFileSync(file, 'utf8');
  } catch {
    return '';
  }
}
