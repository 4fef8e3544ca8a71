import assert from 'node:assert/strict';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { watchesHooks } from './unchanged.ts';

describe('whether what is loaded into test processes stays what it is', () => {
  let folder: string;
  let file: string;

  beforeEach(() => {
    folder = mkdtempSync(path.join(os.tmpdir(), 'assay-hooks-'));
    file = path.join(folder, 'preload.cjs');
    writeFileSync(file, '1');
  });
  afterEach(() => rmSync(folder, { recursive: true, force: true }));

  it('it does where nobody touches it', () => assert.equal(watchesHooks(file)(), true));

  it('it does not where it is gone, or written anew', () => {
    const isSame = watchesHooks(file);
    rmSync(file);
    assert.equal(isSame(), false);
    writeFileSync(file, '12');
    assert.equal(isSame(), false);
  });

  it('it does not where it was not there at first', () => {
    rmSync(file);
    const isSame = watchesHooks(file);
    writeFileSync(file, '1');
    assert.equal(isSame(), false);
  });
});
