import path from 'node:path';
import { FIXTURES, installFixtures } from '../../scripts/fixtures.ts';
import { linkModules } from './modules.ts';
import { temporaryFolder } from './temporary.ts';

/** A workspace on Mocha whose file `src/a.js` holds some functions of four lines each; its one test calls the first `tested` of them. */
export function mochaWorkspace(functions: number, tested: number): string {
  installFixtures(['mocha']);
  const directory = temporaryFolder({
    'package.json': '{ "name": "generated", "type": "module", "scripts": { "test": "mocha" }, "devDependencies": { "mocha": "*" } }',
    'src/a.js': Array.from({ length: functions }, (_, i) => `export function f${i}(a, b) {\n  if (a > b) return a;\n  return b;\n}\n`).join(''),
    'test/a.test.js': [
      "import assert from 'node:assert';",
      "import * as all from '../src/a.js';",
      `for (let i = 0; i < ${tested}; i++) it(\`f\${i} takes the larger\`, () => assert.equal(all[\`f\${i}\`](2, 1), 2));`,
      '',
    ].join('\n'),
  });
  linkModules(path.join(FIXTURES, 'mocha'), directory);
  return directory;
}

/** A workspace of many small TypeScript files; answers its folder and one of the files. */
export function manyFiles(count: number): { directory: string; file: string } {
  const name = (i: number) => `src/part${i % 20}/file${i}.ts`;
  const text = (i: number) =>
    `export interface Item${i} {\n  price: number;\n  count: number;\n}\n\nexport function total${i}(items: readonly Item${i}[]): number {\n  return items.reduce((sum, { price, count }) => sum + price * count, 0);\n}\n`;
  const files = Object.fromEntries(Array.from({ length: count }, (_, i) => [name(i), text(i)]));
  return { directory: temporaryFolder({ 'package.json': '{ "name": "many", "type": "module" }', ...files }), file: name(0) };
}

/** A workspace on Vitest of many source files with 25 mutants each, and a test file for each of them. */
export function vitestWorkspace(count: number): string {
  installFixtures(['vitest']);
  const functions = [0, 1, 2, 3, 4];
  const source = functions
    .map((n) => `export function larger${n}(a: number, b: number): number {\n  if (a > b) return a;\n  return b;\n}\n`)
    .join('');
  const test = [
    "import { expect, it } from 'vitest';",
    "import * as all from '../src/NAME.ts';",
    ...functions.map((n) => `it('takes the larger: ${n}', () => expect([all.larger${n}(2, 1), all.larger${n}(1, 2)]).toEqual([2, 2]));`),
    '',
  ].join('\n');
  const names = Array.from({ length: count }, (_, i) => `file${i}`);
  const directory = temporaryFolder({
    'package.json': '{ "name": "generated", "type": "module", "scripts": { "test": "vitest run" }, "devDependencies": { "vitest": "*" } }',
    ...Object.fromEntries(names.map((name) => [`src/${name}.ts`, source])),
    ...Object.fromEntries(names.map((name) => [`test/${name}.test.ts`, test.replace('NAME', name)])),
  });
  linkModules(path.join(FIXTURES, 'vitest'), directory);
  return directory;
}
