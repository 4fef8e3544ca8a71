import assert from 'node:assert/strict';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { touchesWorld } from './world.ts';

/** The text of a source file, and what of it reaches outside; `!` where no confinement keeps it from that. */
const CASES: [text: string, why: string | undefined][] = [
  ['export const a = 1;', undefined],
  ["import { rmSync } from 'node:fs';", 'code.ts imports node:fs'],
  ["import fs from 'fs/promises';", 'code.ts imports fs/promises'],
  ["const { spawn } = require('child_process');", 'code.ts imports child_process'],
  ["const load = () => import('net');", 'code.ts imports net!'],
  ["export { remove } from 'fs-extra';", 'code.ts imports fs-extra'],
  ["import 'rimraf/bin';", 'code.ts imports rimraf/bin'],
  ['export const get = () => fetch(url);', 'code.ts reaches outside of the process!'],
  ['process.exit(1);', 'code.ts reaches outside of the process'],
  ["import path from 'node:path'; import { execa } from 'fast-check';", undefined],
  ["import { a } from '#internal';", 'code.ts imports #internal, which is not followed'],
  ["import { a } from '@/a';", 'code.ts imports @/a, which is not followed'],
  ["import { a } from 'not-installed';", 'code.ts imports not-installed, which is not followed'],
  ["import { a } from './nowhere';", 'code.ts imports ./nowhere, which is not followed'],
  ['const a = require(name);', 'code.ts imports what is only known at run time'],
  ['const a = () => import(name);', 'code.ts imports what is only known at run time'],
  ['// it comes from "somewhere", and from there\nexport const a = `from "nowhere"`;', undefined],
  ["import type { Stats } from 'node:fs';", undefined],
  ['export const a = record.process.exits;', undefined],
  ["import fs from 'fs'; import pg from 'pg';", 'code.ts imports pg!'],
  ["eval('1');", 'code.ts reaches outside of the process'],
];

async function told(file: string, text: string): Promise<string | undefined> {
  const reach = await touchesWorld([file], new Map([[file, text]]));
  return reach && `${reach.why}${reach.confinable ? '' : '!'}`;
}

describe('code that reaches outside', () => {
  for (const [text, why] of CASES) {
    it(text, async () => {
      const file = path.resolve('engine/code.ts');
      assert.equal(await told(file, text), why);
    });
  }

  it('is found behind what a file imports', async () => {
    const file = path.resolve('engine/engine.ts');
    const store = path.relative(path.dirname(file), path.resolve('engine/workspace/stage.ts'));
    assert.match((await told(file, `import './${store}';`)) ?? '', /^stage\.ts /);
  });

  /** A file that hands on others, of which one changes files, and what is taken from it. */
  for (const [text, why] of [
    ["import { a } from './barrel.ts';", undefined],
    ["import { starred } from './barrel.ts';", undefined],
    ["import { disk } from './barrel.ts';", 'disk.ts imports node:fs'],
    ["import { renamed } from './barrel.ts';", 'disk.ts imports node:fs'],
    ["import * as all from './barrel.ts';", 'disk.ts imports node:fs'],
    ["const { a } = require('./barrel.ts');", undefined],
    ["const all = require('./barrel.ts');", 'disk.ts imports node:fs'],
    ["export * from './barrel.ts';", 'disk.ts imports node:fs'],
  ] as const) {
    it(`${text}, of a file that only hands on`, async () => {
      const directory = await mkdtemp(path.join(tmpdir(), 'world-'));
      try {
        const barrel = "export { a } from './plain.ts';\nexport { disk, disk as renamed } from './disk.ts';\nexport * from './starred.ts';\n";
        for (const [name, content] of [
          ['barrel.ts', barrel],
          ['plain.ts', 'export const a = 1;'],
          ['starred.ts', 'export const starred = 1;'],
          ['disk.ts', "import fs from 'node:fs';\nexport const disk = () => fs;"],
        ] as const) {
          await writeFile(path.join(directory, name), content);
        }
        const file = path.join(directory, 'code.ts');
        assert.equal(await told(file, text), why);
      } finally {
        await rm(directory, { recursive: true });
      }
    });
  }
});
