import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { commandLine, descendants } from '../support/processes.ts';
import { copyFixture, removeWorkspaces } from '../support/workspaces.ts';
import { Session } from './session.ts';

/** A fixture with an edit that changes nothing, a survivor in the function of the edit, and a test that notices it. */
const CASES = [
  {
    fixture: 'jest',
    file: 'src/duration.js',
    test: '__tests__/duration.test.js',
    edit: ['Math.abs(ms)', 'Math.abs(+ms)'],
    mutants: 21,
    survivor: 'if (size >= UNITS[unit])',
    noticed: "it('takes a unit from its size on', () => expect(format(1000)).toBe('1s'));",
  },
  {
    fixture: 'mocha',
    file: 'lib/range.js',
    test: 'test/unit/range.test.js',
    edit: ['n < this.end;\n', 'this.end > n;\n'],
    mutants: 10,
    survivor: 'n >= this.start',
    noticed: "it('begins with its start', () => { if (!new Range(1, 3).includes(1) || new Range(1, 3).includes(0)) throw new Error('no'); });",
  },
  {
    fixture: 'node-test',
    file: 'src/queue.js',
    test: 'test/queue.test.js',
    edit: ['return null;', 'return (null);'],
    mutants: 7,
    survivor: 'this.size > 0',
    noticed: "test('finds nothing once', () => assert.equal(new Queue(1).find(() => { throw new Error('no item'); }), null));",
  },
] as const;

describe('processes that wait for the next save', () => {
  after(removeWorkspaces);

  for (const { fixture, file, test, edit, mutants, survivor, noticed } of CASES) {
    it(`judge changed functions, and what changed tests reach, with ${fixture}`, async () => {
      const directory = copyFixture(fixture);
      const session = await Session.start([directory]);
      const text = (name: string) => readFileSync(path.join(directory, name), 'utf8');
      const line = (part: string) =>
        text(file)
          .split('\n')
          .findIndex((one) => one.includes(part));
      const hosts = () => descendants(session.server.pid as number).filter((pid) => /hot.host\.js/.test(commandLine(pid)));
      const survives = () =>
        (session.diagnostics.get(session.uri(file)) ?? []).some(
          ({ message, range }) => range.start.line === line(survivor) && !String(message).includes('Not confirmed'),
        );
      const run = async (cause: () => Promise<unknown>) => {
        const before = session.progress.length;
        await cause();
        await session.until('the run to end', () => session.progress.slice(before).some(({ phase }) => phase === 'ended'));
        return Math.max(...session.progress.slice(before).map(({ planned }) => planned));
      };
      try {
        await session.open(file);
        await session.open(test);
        await run(() => session.mutate(file));
        await session.until('the survivor', survives);
        const first = hosts();
        assert.ok(first.length > 0, 'a host waits');
        assert.equal(await run(() => session.save(file, text(file).replace(edit[0], edit[1]))), mutants, 'the mutants of one function');
        await session.until('the survivor', survives);
        await run(() => session.save(test, `${text(test)}\n${noticed}\n`));
        await session.until('the new test to notice it', () => !survives());
        assert.deepEqual(hosts(), first, 'the same host all the time');
        assert.deepEqual(session.notices, []);
      } finally {
        await session.stop();
      }
    });
  }
});
