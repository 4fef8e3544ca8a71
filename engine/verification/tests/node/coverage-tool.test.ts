import assert from 'node:assert/strict';
import { withoutFolders } from './coverage-tool.ts';

/** What c8 and nyc are given, and what is left of it. */
const ARGUMENTS: readonly [given: string, left: string][] = [
  ['--100 node --test', '--100 node --test'],
  ['--reports-dir=out --reporter lcov mocha -t 100', '--reporter lcov mocha -t 100'],
  ['-o out -t tmp --check-coverage --lines 90 mocha -o', '--check-coverage --lines 90 mocha -o'],
  ['--temp-directory tmp --report-dir out npm test', 'npm test'],
];

describe('where c8 and nyc write', () => {
  for (const [given, left] of ARGUMENTS) it(given, () => assert.equal(withoutFolders(given.split(' ')).join(' '), left));
});
