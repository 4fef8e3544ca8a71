import { shippedFile } from '../../../installation/index.ts';

/**
 * The text of the module that Vitest's worker loads as its runner. It gets Vitest's own parts by the names that they have in this version,
 * from inside the realm of the tests, and loads ours with Node's `require`, past Vite and past the `node:module` of a VM pool.
 */
export function runnerModule(major: number): string {
  const parts =
    major >= 5
      ? `import { TestRunner, describe, test, vi } from 'vitest';
         const parts = { Base: TestRunner, getFn: TestRunner.getTestFn, getHooks: TestRunner.getSuiteHooks, describe, test, vi };`
      : `import { describe, test, vi } from 'vitest';
         import { VitestTestRunner } from 'vitest/runners';
         import { getFn, getHooks } from 'vitest/suite';
         import { startTests } from '@vitest/runner';
         const parts = { Base: VitestTestRunner, getFn, getHooks, startTests, describe, test, vi };`;
  const worker = JSON.stringify(shippedFile('dist', 'hot', 'vitest-worker.js'));
  return `${parts}
const { createRunner } = process.getBuiltinModule('node:module').createRequire(${worker})(${worker});
export default createRunner({ ...parts, major: ${major}, global: globalThis });
`;
}
