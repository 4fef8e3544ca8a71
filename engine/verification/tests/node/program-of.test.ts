import assert from 'node:assert/strict';
import { frameworkOf, type Listened, programOf } from './program-of.ts';

const PROGRAMS: readonly [program: string, listened: Listened | undefined, framework?: string][] = [
  ['/shop/node_modules/vitest/vitest.mjs', 'vitest', 'vitest'],
  ['/shop/node_modules/.pnpm/vitest@3.2.4/node_modules/vitest/vitest.mjs', 'vitest', 'vitest'],
  ['/shop/node_modules/jest/bin/jest.js', 'jest', 'jest'],
  ['/shop/node_modules/react-scripts/scripts/test.js', 'jest', 'jest'],
  ['/shop/node_modules/mocha/bin/_mocha', 'mocha', 'mocha'],
  ['/shop/node_modules/borp/borp.js', 'node-test', 'node:test'],
  ['/shop/node_modules/uvu/bin.js', 'unheard', 'uvu'],
  ['/usr/lib/node_modules/npm/bin/npm-cli.js', 'launcher'],
  ['/usr/share/nodejs/npm/bin/npm-cli.js', 'launcher'],
  ['/home/me/.cache/node/corepack/v1/pnpm/9.1.0/bin/pnpm.cjs', 'launcher'],
  ['/shop/.yarn/releases/yarn-4.9.1.cjs', 'launcher'],
  ['/shop/node_modules/cross-env/src/bin/cross-env.js', 'launcher'],
  ['/shop/node_modules/c8/bin/c8.js', 'coverage-tool'],
  ['/shop/node_modules/nyc/bin/nyc.js', 'coverage-tool'],
  ['/home/me/npm/shop/start.js', undefined],
  ['/shop/node_modules/eslint/bin/eslint.js', undefined],
];

describe('which framework a process is about to run', () => {
  for (const [program, listened, framework] of PROGRAMS)
    it(`${program}: ${framework ?? listened ?? 'none'}`, () => {
      assert.equal(programOf(program, []), listened);
      if (listened && framework) assert.equal(frameworkOf(listened, program), framework);
    });

  it('node --test, whatever it is given', () => {
    assert.equal(programOf('/shop/test/a.test.js', ['--test']), 'node-test');
  });
});
