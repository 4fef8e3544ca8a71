import assert from 'node:assert/strict';
import type { TestEvent } from '../events.ts';
import { GoTextListener } from './text-listener.ts';

describe('hearing go by what it says', () => {
  it('keeps no more than the last lines of what belongs to no test', () => {
    const told: TestEvent[] = [];
    const listener = new GoTextListener((event) => told.push(event), '/project');
    for (let i = 1; i <= 30_000; i++) listener.hear('stdout', `line ${i}`);
    listener.hear('stdout', 'FAIL\texample.com/x\t0.1s');
    const broken = told.find(({ type }) => type === 'broken');
    const message = broken?.type === 'broken' ? broken.message : '';
    assert.ok(!/^line 20000$/m.test(message) && message.length < 150_000, `${message.length}`);
  });
});
