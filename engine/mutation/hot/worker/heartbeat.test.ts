import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { emptyWorkspace, removeWorkspaces } from '../../../../test/support/workspaces.ts';
import { Heartbeat, readBeat } from './heartbeat.ts';

describe('the trace of a worker', () => {
  after(removeWorkspaces);
  const made = () => new Heartbeat(path.join(emptyWorkspace(), 'beat'));
  const read = ({ file }: Heartbeat) => readBeat(readFileSync(file, 'latin1'));

  it('says which mutant it is at, and that it moves', () => {
    const heartbeat = made();
    heartbeat.beat('12', true);
    assert.deepEqual(read(heartbeat), { count: 1, mutant: '12', compiles: false });
    heartbeat.beat('7', true);
    assert.deepEqual(read(heartbeat), { count: 2, mutant: '7', compiles: false });
  });

  it('says that it is at none', () => {
    const heartbeat = made();
    heartbeat.beat('123', true);
    heartbeat.beat('', true);
    assert.deepEqual(read(heartbeat), { count: 2, mutant: '', compiles: false });
  });

  for (const mutant of ['12', '']) {
    it(`says that it compiles, ${mutant ? `at mutant ${mutant}` : 'at no mutant'}`, () => {
      const heartbeat = made();
      heartbeat.beat(mutant, true);
      heartbeat.compiling(true);
      assert.deepEqual(read(heartbeat), { count: 2, mutant, compiles: true });
      heartbeat.compiling(false);
      assert.deepEqual(read(heartbeat), { count: 3, mutant, compiles: false });
    });
  }

  it('is not written again at once where nothing new is to be said', () => {
    const heartbeat = made();
    heartbeat.beat('1', true);
    for (let i = 0; i < 5; i++) heartbeat.beat('1', false);
    assert.ok(read(heartbeat).count < 6);
  });

  it('is written again after a while', async () => {
    const heartbeat = made();
    heartbeat.beat('1', true);
    await new Promise((resolve) => setTimeout(resolve, 30));
    heartbeat.beat('1', false);
    assert.equal(read(heartbeat).count, 2);
  });

  it('is there before anything was said', () => assert.deepEqual(read(made()), { count: 0, mutant: '', compiles: false }));
});
