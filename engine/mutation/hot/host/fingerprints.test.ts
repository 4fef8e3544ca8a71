import assert from 'node:assert/strict';
import { mkdtempSync, rmSync, utimesSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { Fingerprints } from './fingerprints.ts';

describe('fingerprints', () => {
  let folder: string;
  let file: string;

  before(() => {
    folder = mkdtempSync(path.join(tmpdir(), 'assay-fingerprints-'));
    file = path.join(folder, 'a.ts');
  });
  after(() => rmSync(folder, { recursive: true }));

  const taken = (loadedAt?: number) => {
    writeFileSync(file, 'one');
    const fingerprints = new Fingerprints();
    fingerprints.take([file], loadedAt);
    return fingerprints;
  };

  it('knows a file that stayed as it was', () => assert.deepEqual(taken().changed(), []));

  it('sees a file of another length', () => {
    const fingerprints = taken();
    writeFileSync(file, 'three');
    assert.deepEqual(fingerprints.changed(), [file]);
  });

  it('sees a file that was written at another time', () => {
    const fingerprints = taken();
    utimesSync(file, 1, 1);
    assert.deepEqual(fingerprints.changed(), [file]);
  });

  it('sees a file that is gone, and one that came', () => {
    const fingerprints = taken();
    const other = path.join(folder, 'b.ts');
    fingerprints.take([other]);
    rmSync(file);
    writeFileSync(other, '');
    assert.deepEqual(fingerprints.changed(), [file, other]);
    rmSync(other);
  });

  it('does not trust a file that was written after it was loaded', () => assert.deepEqual(taken(Date.now() - 60_000).changed(), [file]));

  it('passes over modules that are no files', () => {
    const fingerprints = new Fingerprints();
    fingerprints.take(['\0@oxc-project+runtime@0.140.0/helpers/esm/usingCtx.js', 'virtual:env', 'node:fs']);
    assert.deepEqual(fingerprints.changed(), []);
  });
});
