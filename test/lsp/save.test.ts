import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { descendants } from '../support/processes.ts';
import { copyFixture, removeWorkspaces } from '../support/workspaces.ts';
import { Session } from './session.ts';

const FILE = 'src/price.ts';
const TEST = 'test/price.test.ts';

describe('saving a file', () => {
  let directory: string;
  let session: Session;
  const text = (file: string) => readFileSync(path.join(directory, file), 'utf8');
  const survivors = () =>
    (session.diagnostics.get(session.uri(FILE)) ?? [])
      .filter(({ code, message }) => code !== 'NoCoverage' && !String(message).includes('Not confirmed'))
      .map(({ code, range }) => `${range.start.line}: ${code}`)
      .sort();

  before(async () => {
    directory = copyFixture('vitest');
    session = await Session.start([directory]);
    await session.open(FILE);
    await session.open(TEST);
  });
  after(async () => {
    await session.stop();
    removeWorkspaces();
  });

  it('runs nothing before somebody asked for a run', async () => {
    await session.save(FILE, text(FILE).replace('price >= 100', 'price >= 200').replace('price >= 200', 'price >= 100'));
    await new Promise((resolve) => setTimeout(resolve, 500));
    assert.deepEqual(session.progress, []);
  });

  it('judges a changed function again, and no other', async () => {
    await session.mutate(FILE);
    await session.until('the first run', () => survivors().includes('19: EqualityOperator'));
    const before = session.progress.length;
    await session.save(FILE, text(FILE).replace('member ? 15 : 10', 'member ? 10 + 5 : 10'));
    await session.until('a run of its own accord', () => session.progress.slice(before).some(({ phase }) => phase === 'ended'));
    const planned = session.progress.slice(before).map(({ planned }) => planned);
    assert.equal(Math.max(...planned), 7, 'the mutants of one function, one of them new');
    await session.until('its survivor', () => survivors().includes('19: EqualityOperator'));
  });

  it('judges what a changed test reaches', async () => {
    const before = session.progress.length;
    await session.save(
      TEST,
      `${text(TEST)}\nimport { discount as reduction } from '../src/price.ts';\nit('is reduced from 100 on', () => expect(reduction(100)).toBe(10));\n`,
    );
    await session.until('the survivor to be gone', () => !survivors().includes('19: EqualityOperator'));
    await session.until('the end of the run', () => session.progress.slice(before).some(({ phase }) => phase === 'ended'));
  });

  it('says so when tests fail, keeps its processes, and judges the function with the next save', async () => {
    const children = descendants(session.server.pid as number);
    const good = text(FILE);
    const before = session.progress.length;
    await session.save(FILE, good.replace('10 + 5', '16'));
    await session.until('the run to end', () => session.progress.slice(before).some(({ phase }) => phase === 'ended'));
    assert.ok(
      children.some((pid) => descendants(session.server.pid as number).includes(pid)),
      'the host is still there',
    );
    const then = session.progress.length;
    await session.save(FILE, good.replace('10 + 5', '5 + 10'));
    await session.until('a run that judges', () => session.progress.slice(then).some(({ judged }) => judged === 7));
    await session.until('its end', () => session.progress.slice(then).some(({ phase }) => phase === 'ended'));
  });

  it('runs nothing when that is switched off', async () => {
    await session.connection.sendNotification('workspace/didChangeConfiguration', { settings: { assay: { onSave: 'off' } } });
    const before = session.progress.length;
    await session.save(FILE, text(FILE).replace('5 + 10', '15'));
    await new Promise((resolve) => setTimeout(resolve, 800));
    assert.equal(session.progress.length, before);
  });
});
