import assert from 'node:assert/strict';
import { judge, noticed } from '../support/statuses.ts';
import { copyFixture, removeWorkspaces } from '../support/workspaces.ts';

const CODE = `import { mkdirSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:http';
export const make = (folder) => { mkdirSync(folder, { recursive: true }); };
export const save = (folder, name) => { if (name !== '') writeFileSync(folder + '/' + name, name); };
export const count = (folder) => readdirSync(folder).filter((name) => name.length > 1).length;
export const clear = (folder) => { rmSync(folder, { recursive: true, force: true }); };
export const serve = () => createServer((request, response) => response.end(request.url.length > 2 ? 'long' : 'short'));
`;
/** What no test notices, none of which uses deep folders or empty names. */
const SURVIVORS = ['3 ObjectLiteral {}', '3 BooleanLiteral false', '4 ConditionalExpression true', '4 StringLiteral "Stryker was here!"'];

const tests = (before: string, after: string, folder: string, port: number) => `import { tmpdir } from 'node:os';
import { clear, count, make, save, serve } from '../src/store.js';
const FOLDER = tmpdir() + '/${folder}';
const ok = (is) => { if (!is) throw new Error('not so'); };
const wait = () => new Promise((resolve) => setTimeout(resolve, 10));
const is = async (path, wanted) => ok(await (await fetch('http://127.0.0.1:${port}/' + path)).text() === wanted);
describe('the store', () => {
  let server;
  ${before}(() => new Promise((resolve, reject) => { server = serve().on('error', reject).listen(${port}, '127.0.0.1', resolve); }));
  ${after}(() => new Promise((resolve) => { server.closeAllConnections(); server.close(resolve); }));
  beforeEach(() => { clear(FOLDER); make(FOLDER); });
  afterEach(() => clear(FOLDER));
  it('counts', async () => { save(FOLDER, 'ab'); await wait(); save(FOLDER, 'abc'); await wait(); ok(count(FOLDER) === 2); });
  it('leaves out short ones', async () => { save(FOLDER, 'a'); await wait(); save(FOLDER, 'abc'); ok(count(FOLDER) === 1); });
  it('is empty first', async () => { await wait(); ok(count(FOLDER) === 0); });
  it('serves', async () => { await is('ab', 'long'); await is('a', 'short'); });
});
`;

/** A framework, what its tests begin with and call their hooks, the command that runs them, and whether it runs one file after the other, so that all may take the same. */
const FRAMEWORKS: Record<string, [head: string, before: string, after: string, command: string, isSerial: boolean]> = {
  mocha: ['', 'before', 'after', 'mocha', true],
  'node-test': ["import { after, afterEach, before, beforeEach, describe, it } from 'node:test';\n", 'before', 'after', 'node --test', true],
  jest: ["import { afterAll, afterEach, beforeAll, beforeEach, describe, it } from '@jest/globals';\n", 'beforeAll', 'afterAll', 'jest', false],
  vitest: ["import { afterAll, afterEach, beforeAll, beforeEach, describe, it } from 'vitest';\n", 'beforeAll', 'afterAll', 'vitest run', false],
};

/** Jest compiles nothing here. */
function asCommonJs(text: string): string {
  return text.replace(/import (.*) from (.*);/g, 'const $1 = require($2);').replace(/export const (\w+)/g, 'const $1 = exports.$1');
}

describe('what tests take of the machine', () => {
  after(removeWorkspaces);

  for (const [index, [framework, [head, before, after, command, isSerial]]] of Object.entries(FRAMEWORKS).entries()) {
    it(`is never taken by two processes at the same time: ${framework}`, async () => {
      const names = ['a', 'b', 'c'];
      const written = framework === 'jest' ? asCommonJs : (text: string) => text;
      const directory = copyFixture(framework, {
        'package.json': JSON.stringify({
          ...{ name: 'store', type: framework === 'jest' ? 'commonjs' : 'module', scripts: { test: command } },
        }),
        'src/store.js': written(CODE),
        ...Object.fromEntries(
          names.map((name, i) => {
            const own = isSerial ? 0 : i;
            return [
              `test/${name}.test.js`,
              written(head + tests(before, after, `assay-${framework}-claims-${names[own]}`, 45_200 + 10 * index + own)),
            ];
          }),
        ),
      });
      const { statuses } = await judge(directory, 'src/store.js', '--concurrency', '2');
      const survived = Object.entries(noticed(statuses)).flatMap(([mutant, status]) =>
        status === 'Killed' ? [] : [mutant.replace(/^src.store.js:(\d+):\S+/, '$1')],
      );
      assert.deepEqual(survived, SURVIVORS);
    });
  }
});
