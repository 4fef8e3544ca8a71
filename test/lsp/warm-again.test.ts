import assert from 'node:assert/strict';
import { readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { copyFixture, removeWorkspaces } from '../support/workspaces.ts';
import { Session } from './session.ts';

const FILE = 'src/queue.js';
const TEST = 'test/queue.test.js';

describe('a warm host when more than code changes', () => {
  let directory: string;
  let session: Session;
  const text = (file: string) => readFileSync(path.join(directory, file), 'utf8');
  const write = (file: string, content: string) => writeFileSync(path.join(directory, file), content);

  before(async () => {
    directory = copyFixture('node-test');
    session = await Session.start([directory]);
    await session.open(FILE);
  });
  after(async () => {
    await session.stop();
    removeWorkspaces();
  });

  it('judges when tests pass that failed at first', async () => {
    const good = text(TEST);
    write(TEST, good.replace("'a'", "'b'"));
    const failed = await session.mutate(FILE);
    assert.equal(failed.status, 'failed');
    write(TEST, good);
    const { counts } = await session.mutate(FILE);
    assert.equal(counts.Survived, 2);
  });

  it('judges when the manifest has changed', async () => {
    write('package.json', text('package.json').replace('{', '{ "description": "changed",'));
    const { counts } = await session.mutate(FILE);
    assert.equal(counts.Survived, 2);
  });

  it('finds a new test file', async () => {
    write(
      'test/new.test.js',
      "import assert from 'node:assert/strict';\nimport { test } from 'node:test';\nimport { Queue } from '../src/queue.js';\ntest('finds nothing once', () => assert.equal(new Queue(1).find(() => { throw new Error('no item'); }), null));\n",
    );
    const { counts } = await session.mutate(FILE);
    assert.equal(counts.Survived, 1);
  });
});
