import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { copyFixture, emptyWorkspace, removeWorkspaces, write } from '../support/workspaces.ts';
import { Session } from './session.ts';

describe('the server among folders, windows and stores', () => {
  const sessions: Session[] = [];
  const start = async (...args: Parameters<typeof Session.start>) => {
    const session = await Session.start(...args);
    sessions.push(session);
    return session;
  };
  afterEach(async () => {
    for (const session of sessions.splice(0)) await session.stop();
    removeWorkspaces();
  });

  it('runs nothing in a workspace that is not trusted', async () => {
    const session = await start([copyFixture('mocha')], { trusted: false });
    const result = await session.mutate('lib/range.js');
    assert.deepEqual([result.status, result.failures[0]?.code], ['failed', 'untrusted']);
    await session.connection.sendNotification('assay/trusted');
    assert.equal((await session.mutate('lib/range.js')).status, 'done');
  });

  it('serves several folders, each with its own framework', async () => {
    const session = await start([copyFixture('mocha'), copyFixture('jest')]);
    const result = await session.ask('mutate', {
      run: 1,
      targets: [{ uri: session.uri('lib/range.js', 0) }, { uri: session.uri('src/duration.js', 1) }],
    });
    assert.equal(result.status, 'done', JSON.stringify(result.failures));
    const packages = await session.ask('results', {});
    assert.deepEqual(packages.map(({ name, lastRun }) => [name, lastRun?.framework.split(' ')[0]]).sort(), [
      ['fixture-jest', 'jest'],
      ['fixture-mocha', 'mocha'],
    ]);
  });

  it('shows what another window on the same workspace found', async () => {
    const directory = copyFixture('mocha');
    const one = await start([directory]);
    const other = await start([directory]);
    const runs = await Promise.all([one.mutate('lib/range.js'), other.mutate('lib/range.js')]);
    assert.deepEqual(
      runs.map(({ status }) => status),
      ['done', 'done'],
      JSON.stringify(runs),
    );
    const third = await start([directory]);
    const counts = await Promise.all([one, other, third].map(async (session) => (await session.ask('results', {}))[0]?.counts));
    assert.equal(counts[0]?.Killed, 22);
    assert.deepEqual(counts[0], counts[1]);
    assert.deepEqual(counts[0], counts[2]);
  });

  it('sets a damaged store aside, says so, and goes on', async () => {
    const directory = copyFixture('mocha', { '.assay/assay.db': 'this is no database, but it is long enough to look like a file\n'.repeat(100) });
    const session = await start([directory]);
    const notice = await session.until('a notice', () => session.notices[0]);
    assert.equal(notice.code, 'store-set-aside');
    assert.equal((await session.mutate('lib/range.js')).status, 'done');
    const aside = readdirSync(path.join(directory, '.assay')).find((name) => name.includes('set-aside'));
    assert.match(readFileSync(path.join(directory, '.assay', aside ?? ''), 'utf8'), /this is no database/);
  });

  it("sets another program's database aside", async () => {
    const directory = copyFixture('mocha', { '.assay/readme': '' });
    const foreign = new DatabaseSync(path.join(directory, '.assay', 'assay.db'));
    foreign.exec('CREATE TABLE theirs (x)');
    foreign.close();
    const session = await start([directory]);
    assert.equal((await session.until('a notice', () => session.notices[0])).code, 'store-set-aside');
  });

  it('keeps results in memory where they cannot be stored', async () => {
    const directory = copyFixture('mocha');
    write(directory, '.assay', 'a file where the folder should be');
    const session = await start([directory]);
    const result = await session.mutate('lib/range.js');
    assert.equal(result.status, 'done');
    assert.equal((await session.until('a notice', () => session.notices[0])).code, 'store-unwritable');
    assert.equal((await session.ask('results', {}))[0]?.counts.Survived, 6);
  });

  it('names a Node that is too old or missing, and the setting', async () => {
    const session = await start([copyFixture('mocha')], { settings: { nodePath: '/nowhere/node' } });
    const missing = await session.mutate('lib/range.js');
    assert.equal(missing.failures[0]?.code, 'node-not-found');
    assert.match(missing.failures[0]?.action ?? '', /assay\.node\.path/);
  });

  it('says what is wrong with files that it cannot mutate', async () => {
    const session = await start([emptyWorkspace({ 'a.css': '', 'package.json': '{}', 'src/a.js': 'export const a = 1 + 1;\n' })]);
    const codes = async (uri: string) => (await session.ask('mutate', { run: 1, targets: [{ uri }] })).failures.map(({ code }) => code);
    assert.deepEqual(await codes(session.uri('a.css')), ['not-a-source-file']);
    assert.deepEqual(await codes(session.uri('src/a.js')), ['no-framework']);
    assert.deepEqual(await codes(session.uri('gone.js')), ['file-not-found']);
    assert.deepEqual(await codes('file:///etc/elsewhere.js'), ['outside-workspace']);
    assert.deepEqual(await codes('untitled:Untitled-1'), ['outside-workspace']);
  });
});
