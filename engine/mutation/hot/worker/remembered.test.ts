import assert from 'node:assert/strict';
import { mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { Remembered } from './remembered.ts';

describe('what compilers made', () => {
  const made = { code: 'run();', originalCode: 'run<any>();', sourceMapPath: '/cache/a.map' };
  let parent: string;
  let folder: string;

  beforeEach(() => {
    parent = mkdtempSync(path.join(os.tmpdir(), 'assay-transforms-'));
    folder = path.join(parent, 'transformed');
  });
  afterEach(() => rmSync(parent, { recursive: true, force: true }));

  it('transforms once what several processes load', async () => {
    assert.deepEqual(transforms(['a.ts', 'text']).get(made), made);
    assert.deepEqual(await transforms(['a.ts', 'text']).getNothing(), made);
    assert.equal(readdirSync(folder).length, 1);
  });

  it('transforms another text, and another file', async () => {
    transforms(['a.ts', 'text']).get(made);
    const other = { ...made, code: 'other();' };
    assert.deepEqual(await transforms(['a.ts', 'other text']).getAsync(other), other);
    assert.deepEqual(transforms(['b.ts', 'text']).get(made), made);
  });

  it('says when it transforms and how long that took, and not finding', () => {
    const remembered = new Remembered<typeof made>(folder);
    const heard: boolean[] = [];
    remembered.listener = (begins) => heard.push(begins);
    remembered.get(['a.ts'], () => {
      Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, 5);
      return made;
    });
    const spent = remembered.spentMs;
    assert.ok(spent >= 5, `${spent} ms`);
    remembered.get(['a.ts'], () => assert.fail('it is known'));
    assert.equal(remembered.spentMs, spent);
    assert.deepEqual(heard, [true, false]);
  });

  it('passes on what cannot be transformed, and keeps nothing', () => {
    const remembered = new Remembered<typeof made>(folder);
    const refuse = () => {
      throw new SyntaxError('no');
    };
    assert.throws(() => remembered.get(['a.ts'], refuse), /^SyntaxError: no$/);
    assert.deepEqual(
      remembered.get(['a.ts'], () => made),
      made,
    );
  });

  it('goes without where nothing can be written', () => {
    writeFileSync(folder, 'a file');
    const remembered = new Remembered<typeof made>(folder);
    assert.deepEqual(
      [1, 2].map(() => remembered.get(['a.ts'], () => made)),
      [made, made],
    );
  });

  /** As another process has them. */
  function transforms(of: string[]) {
    const remembered = new Remembered<typeof made>(folder);
    return {
      get: (one: typeof made) => remembered.get(of, () => one),
      getAsync: (one: typeof made) => remembered.getAsync(of, () => Promise.resolve(one)),
      getNothing: () => remembered.getAsync(of, () => assert.fail('it is known')),
    };
  }
});
