import { readFileSync } from 'node:fs';
import { hasNodeTests } from '../../../workspace/index.ts';

/** Which of our listeners a process of Node needs. */
export type Listened = 'vitest' | 'jest' | 'mocha' | 'node-test' | 'node-test-run';

const VITEST = /[\\/]node_modules[\\/]vitest[\\/]vitest\.m?js$/;
const MOCHA = /[\\/]node_modules[\\/]mocha[\\/](bin[\\/]_?mocha(\.js)?|lib[\\/]cli[\\/]cli\.c?js)$/;
const JEST = /[\\/]node_modules[\\/](jest|jest-cli)[\\/]bin[\\/]jest\.js$/;
const BORP = /[\\/]node_modules[\\/]borp[\\/]borp\.js$/;
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

function textOf(file: string): string {
  try {
    return readFileSync(file, 'utf8');
  } catch {
    return '';
  }
}
