import assert from 'node:assert/strict';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import type { Runtime } from './jest-types.ts';
import { shareTools } from './shared-tools.ts';

describe('tools of Jest that environments share', () => {
  let folder: string;
  let from: string;

  before(() => {
    folder = mkdtempSync(path.join(os.tmpdir(), 'assay-tools-'));
    from = path.join(folder, 'circus.js');
    for (const name of ['semver', '@babel/types']) {
      mkdirSync(path.join(folder, 'node_modules', name), { recursive: true });
      writeFileSync(path.join(folder, 'node_modules', name, 'index.js'), `module.exports = { tool: '${name}' };`);
    }
  });
  after(() => rmSync(folder, { recursive: true, force: true }));

  /** What is loaded, and whether this process loads it or the environment. */
  const CASES: [to: string | undefined, loaded: unknown][] = [
    ['semver', { tool: 'semver' }],
    ['@babel/types', { tool: '@babel/types' }],
    ['expect', 'in the environment'],
    ['semver/functions/gt', 'in the environment'],
    ['jest-message-util', 'in the environment'],
    [undefined, 'in the environment'],
  ];
  for (const [to, loaded] of CASES) {
    it(to ?? 'a file by its path', () => {
      const runtime = { requireInternalModule: () => 'in the environment' } as unknown as Runtime;
      shareTools(runtime);
      assert.deepEqual(runtime.requireInternalModule(from, to), loaded);
    });
  }

  it('are the same for all', () => {
    const [one, other] = [1, 2].map(() => {
      const runtime = { requireInternalModule: () => undefined } as unknown as Runtime;
      shareTools(runtime);
      return runtime.requireInternalModule(from, 'semver');
    });
    assert.equal(one, other);
  });
});
