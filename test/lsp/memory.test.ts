import assert from 'node:assert/strict';
import { copyFixture, removeWorkspaces } from '../support/workspaces.ts';
import { Session } from './session.ts';

/** A loop that no switch sees: with its only condition gone it takes memory until there is none. */
const FILES = {
  'src/fill.ts': `export function fill(n: number): number {
  const all: string[][] = [];
  for (;;) {
    if (all.length >= n) break;
    take(all);
  }
  return all.length;
}
const take = (all: string[][]) => void Array.from({ length: 50 }, () => all.push(new Array(2000).fill('x'))).splice(0);
`,
  'test/fill.test.ts': `import { expect, test } from 'vitest';
import { fill } from '../src/fill.ts';
test('fill', () => expect(fill(2)).toBe(50));
`,
};

describe('a mutant that takes all memory', () => {
  if (process.platform !== 'linux') return;
  after(removeWorkspaces);

  it('is ended at the limit, counts as killed, and the others get their verdicts', async () => {
    const session = await Session.start([copyFixture('vitest', FILES)], { settings: { memory: 64 } });
    const result = await session.mutate('src/fill.ts');
    assert.equal(result.status, 'done', JSON.stringify(result.failures));
    const detail = await session.ask('fileDetail', { uri: session.uri('src/fill.ts') });
    const reasons = detail?.mutants.map(({ status, reason }) => `${status} ${reason}`) ?? [];
    assert.ok(
      reasons.some((reason) => /Killed The test process took more memory than it may/.test(reason)),
      reasons.join('\n'),
    );
    assert.ok(detail?.mutants.every(({ status }) => status !== 'Pending'));
    await session.stop();
  });
});
