import assert from 'node:assert/strict';
import { Lines } from '../model/index.ts';
import type { DeclaredPath } from '../workspace/index.ts';
import type { SourceCode } from './code.ts';
import { declaredPaths } from './declared.ts';

function source(path: string, functions: readonly string[], registrations: SourceCode['registrations'] = []): SourceCode {
  const at = (line: number) => ({ start: { line, column: 0 }, end: { line, column: 9 } });
  return {
    path,
    functions: functions.map((title, i) => ({ file: path, title, range: at(i) })),
    links: [],
    registrations,
    mounts: [],
    lines: new Lines(''),
  };
}

const SOURCES = new Map(
  [
    source('src/pay/card.ts', ['pay', 'payBack']),
    source('src/pay/cash.ts', ['count']),
    source('src/cart.ts', ['Cart.add', 'Cart.total']),
    source('src/server.ts', ['start', 'list'], [{ method: 'GET', path: '/orders', router: 'app', handlers: [{ kind: 'name', name: 'list' }] }]),
  ].map((one) => [one.path, one]),
);

/** What is declared; the files and functions that it stands for, and what is said of what is not there. */
const CASES: Record<string, [declared: Omit<DeclaredPath, 'name'>, files: string[], functions: string[], missing: string[]]> = {
  'a pattern of files': [{ files: ['src/pay/**'] }, ['src/pay/card.ts', 'src/pay/cash.ts'], ['pay', 'payBack', 'count'], []],
  'a folder': [{ files: ['./src/pay/'] }, ['src/pay/card.ts', 'src/pay/cash.ts'], ['pay', 'payBack', 'count'], []],
  functions: [{ functions: ['Cart.add', 'pay*'] }, [], ['Cart.add', 'pay', 'payBack'], []],
  'functions of files': [{ files: ['src/pay/cash.ts'], functions: ['c*'] }, [], ['count'], []],
  'a function that is named twice': [{ functions: ['pay', 'pay*'] }, [], ['pay', 'payBack'], []],
  routes: [{ routes: ['GET /orders'] }, [], ['list'], []],
  'files and routes': [{ files: ['src/cart.ts'], routes: ['/orders'] }, ['src/cart.ts'], ['Cart.add', 'Cart.total', 'list'], []],
  'what is not there': [
    { files: ['lib/**', 'src/cart.ts'], functions: ['remove'], routes: ['POST /orders'] },
    [],
    [],
    [
      'no source file matches "lib/**" (tests, scripts and builds are not source)',
      'no function of its files is called "remove"',
      'no route matches "POST /orders" (1 was found: GET /orders)',
    ],
  ],
};

describe('declared paths', () => {
  for (const [title, [declared, files, functions, missing]] of Object.entries(CASES)) {
    it(title, () => {
      const { paths, unmatched } = declaredPaths([{ name: 'a', ...declared }], SOURCES);
      const [path] = paths;
      assert.deepEqual([path?.files, path?.parts.map((part) => part.title), unmatched.map(({ message }) => message)], [files, functions, missing]);
    });
  }
});
