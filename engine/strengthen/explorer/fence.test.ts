import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { writeFile } from 'node:fs/promises';
import { connect } from 'node:net';
import os from 'node:os';
import path from 'node:path';
import { Fence } from './fence.ts';

describe('the fence around code that is tried', () => {
  const folder = mkdtempSync(path.join(os.tmpdir(), 'fence-'));
  const file = path.join(folder, 'file');
  const fence = new Fence();
  beforeEach(() => {
    writeFileSync(file, 'as it was');
    fence.kept = undefined;
    fence.build();
    fence.raise();
  });
  afterEach(() => fence.remove());
  after(() => rmSync(folder, { recursive: true }));

  for (const [name, act] of [
    ['writeFileSync', () => writeFileSync(file, 'other')],
    ['rmSync', () => rmSync(file)],
    ['openSync', () => process.getBuiltinModule('node:fs').openSync(file, 'w')],
    ['spawnSync', () => spawnSync('true')],
    ['connect', () => connect(1)],
    ['chdir', () => process.chdir('/')],
  ] as const) {
    it(`keeps it from ${name}`, () => {
      assert.throws(act, /Assay keeps code that it tries from calling/);
      assert.equal(fence.kept, name);
    });
  }

  it('keeps it from writing by promises', async () => {
    await assert.rejects(async () => writeFile(file, 'other'), /Assay keeps/);
    assert.equal(fence.kept, 'writeFile');
  });

  it('lets it read, and lets everything once it is down', () => {
    assert.equal(readFileSync(file, 'utf8'), 'as it was');
    assert.equal(fence.kept, undefined);
    const { writeFileSync: taken } = process.getBuiltinModule('node:fs');
    assert.throws(() => taken(file, 'other'), /Assay keeps/, 'what was taken while it was built stays fenced');
    fence.lower();
    taken(file, 'other');
    assert.ok(existsSync(file));
    assert.equal(readFileSync(file, 'utf8'), 'other');
  });
});
