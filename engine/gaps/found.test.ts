import assert from 'node:assert/strict';
import { Lines } from '../model/index.ts';
import type { SourceCode } from './code.ts';
import { foundPaths } from './found.ts';

const range = { start: { line: 0, column: 0 }, end: { line: 1, column: 0 } };

/** A source file with one function; `^` marks what it hands on. */
function source(path: string, ...targets: string[]): [string, SourceCode] {
  const links = targets.map((one) => ({ specifier: '', names: [], isHandedOn: one.endsWith('^'), target: one.replace('^', '') }));
  return [path, { path, functions: [{ file: path, title: 'f', range }], links, registrations: [], mounts: [], lines: new Lines('') }];
}

const SOURCES = new Map([
  source('index.ts', 'api.ts^', 'log.ts'),
  source('api.ts', 'core.ts^', 'log.ts'),
  source('core.ts', 'log.ts', 'core.ts'),
  source('log.ts'),
  source('bench/run.ts', 'core.ts'),
  source('test-utils.ts', 'core.ts'),
]);

describe('paths that are found', () => {
  const found = (history?: Map<string, { changes: number; fixes: number }>, declared: string[] = []) =>
    foundPaths(SOURCES, ['index.ts'], history && { files: history }, new Set(declared));

  it('are known by what exports them, how many files import them and how often they were changed and mended', () => {
    const signals = Object.fromEntries(found(new Map([['log.ts', { changes: 3, fixes: 1 }]])).map((one) => [one.name, one.signals]));
    assert.deepEqual(signals, {
      'index.ts': { exported: true, fanIn: 0, functions: 1, changes: 0, fixes: 0 },
      'api.ts': { exported: true, fanIn: 1, functions: 1, changes: 0, fixes: 0 },
      'core.ts': { exported: true, fanIn: 1, functions: 1, changes: 0, fixes: 0 },
      'log.ts': { exported: false, fanIn: 3, functions: 1, changes: 3, fixes: 1 },
    });
  });

  it('are those that look most critical first, without those that are declared', () => {
    assert.deepEqual(
      found(undefined, ['api.ts']).map(({ name }) => name),
      ['core.ts', 'index.ts', 'log.ts'],
    );
  });

  it('are at most fifteen, and have functions', () => {
    const many = new Map(Array.from({ length: 40 }, (_, i) => source(`${i}.ts`)));
    many.set('types.ts', { ...(SOURCES.get('log.ts') as SourceCode), path: 'types.ts', functions: [] });
    const names = foundPaths(many, ['types.ts'], undefined, new Set()).map(({ name }) => name);
    assert.equal(names.length, 15);
    assert.ok(!names.includes('types.ts'));
  });
});
