import assert from 'node:assert/strict';
import path from 'node:path';
import { touchesWorld } from './world.ts';

/** The text of a source file, and what of it reaches outside. */
const CASES: [text: string, why: string | undefined][] = [
  ['export const a = 1;', undefined],
  ["import { rmSync } from 'node:fs';", 'code.ts imports node:fs'],
  ["import fs from 'fs/promises';", 'code.ts imports fs/promises'],
  ["const { spawn } = require('child_process');", 'code.ts imports child_process'],
  ["const load = () => import('net');", 'code.ts imports net'],
  ["export { remove } from 'fs-extra';", 'code.ts imports fs-extra'],
  ["import 'rimraf/bin';", 'code.ts imports rimraf/bin'],
  ['export const get = () => fetch(url);', 'code.ts reaches outside of the process'],
  ['process.exit(1);', 'code.ts reaches outside of the process'],
  ["import path from 'node:path'; import { execa } from 'fast-check';", undefined],
  ["import { a } from '#internal';", 'code.ts imports #internal, which is not followed'],
  ["import { a } from '@/a';", 'code.ts imports @/a, which is not followed'],
  ["import { a } from 'not-installed';", 'code.ts imports not-installed, which is not followed'],
  ["import { a } from './nowhere';", 'code.ts imports ./nowhere, which is not followed'],
  ['const a = require(name);', 'code.ts imports what is only known at run time'],
  ['const a = () => import(name);', 'code.ts imports what is only known at run time'],
  ["eval('1');", 'code.ts reaches outside of the process'],
];

describe('code that reaches outside', () => {
  for (const [text, why] of CASES) {
    it(text, async () => {
      const file = path.resolve('engine/code.ts');
      assert.equal(await touchesWorld([file], new Map([[file, text]])), why);
    });
  }

  it('is found behind what a file imports', async () => {
    const file = path.resolve('engine/engine.ts');
    const store = path.relative(path.dirname(file), path.resolve('engine/workspace/stage.ts'));
    assert.match((await touchesWorld([file], new Map([[file, `import './${store}';`]]))) ?? '', /^stage\.ts /);
  });
});
