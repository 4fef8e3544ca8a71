import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { emptyWorkspace, removeWorkspaces } from '../../../test/support/workspaces.ts';
import type { TestPackage } from '../../workspace/index.ts';
import { checksTypes, turnOffTypeChecks, withoutTypeChecks } from './type-checks.ts';

const CASES: [text: string, without: string][] = [
  ['const a = 1;\n', '// @ts-nocheck\nconst a = 1;\n'],
  ['#!/usr/bin/env node\nconst a = 1;\n', '#!/usr/bin/env node\n// @ts-nocheck\nconst a = 1;\n'],
  ['/** @jest-environment jsdom */\nconst a = 1;\n', '/** @jest-environment jsdom */\n// @ts-nocheck\n\nconst a = 1;\n'],
  ['/* a */ const b = 1;', '/* a */\n// @ts-nocheck\n const b = 1;'],
  ['', '// @ts-nocheck\n'],
];

describe('type checks', () => {
  after(removeWorkspaces);

  for (const [text, without] of CASES) it(`are off in ${JSON.stringify(text)}`, () => assert.equal(withoutTypeChecks(text), without));

  it('are turned off in TypeScript that is no declaration, and not behind links', async () => {
    const elsewhere = emptyWorkspace({ 'linked.ts': 'x;' });
    const directory = emptyWorkspace({ 'src/a.ts': 'a;', 'src/b.tsx': 'b;', 'src/c.js': 'c;', 'd.d.ts': 'd;', 'e.mts': 'e;' });
    const { symlinkSync } = await import('node:fs');
    symlinkSync(elsewhere, path.join(directory, 'node_modules'), 'junction');
    await turnOffTypeChecks(directory);
    const read = (file: string) => readFileSync(path.join(directory, file), 'utf8').replace('\n', ' ');
    assert.deepEqual(['src/a.ts', 'src/b.tsx', 'src/c.js', 'd.d.ts', 'e.mts', 'node_modules/linked.ts'].map(read), [
      '// @ts-nocheck a;',
      '// @ts-nocheck b;',
      'c;',
      'd;',
      '// @ts-nocheck e;',
      'x;',
    ]);
  });

  it('matter where ts-jest or ts-node compile the tests', async () => {
    const root = emptyWorkspace({ 'node_modules/ts-jest/package.json': '{}', 'packages/one/package.json': '{}' });
    const pkg = (name: 'jest' | 'vitest', top: string) =>
      ({ directory: path.join(root, 'packages/one'), root: top, framework: { name } }) as TestPackage;
    assert.equal(await checksTypes(pkg('jest', root)), true);
    assert.equal(await checksTypes(pkg('jest', path.join(root, 'packages/one'))), false);
    assert.equal(await checksTypes(pkg('vitest', root)), false);
  });
});
