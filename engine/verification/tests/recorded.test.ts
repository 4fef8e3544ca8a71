import assert from 'node:assert/strict';
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import type { TestState } from '../model.ts';
import { recordTests } from './index.ts';

/** What was heard of a real run (`bench/test-parsing.ts --record`), and what the tool's own machine report told of it. */
interface Recorded {
  tool: string;
  argv: string[];
  own: { title: string; state: TestState; line?: number }[];
  broken: number;
  events: string[];
  lines: ['stdout' | 'stderr', string][];
}

const folder = path.join(import.meta.dirname, 'recorded');
const STATES = ['passed', 'failed', 'skipped', 'todo'] as const;

describe('what was heard of real runs is what their tools reported', () => {
  let events: string;
  before(() => {
    events = mkdtempSync(path.join(os.tmpdir(), 'assay-recorded-'));
  });
  after(() => rmSync(events, { recursive: true, force: true }));

  for (const name of readdirSync(folder)) {
    const recorded = JSON.parse(readFileSync(path.join(folder, name), 'utf8')) as Recorded;
    it(recorded.tool, async () => {
      const recorder = recordTests({ argv: recorded.argv, env: {}, cwd: '/project' }, events);
      const file = recorder.command.env['ASSAY_TEST_EVENTS'];
      if (recorded.events.length > 0) writeFileSync(file ?? '', `${recorded.events.join('\n')}\n`);
      for (const [stream, line] of recorded.lines) recorder.hear(stream, line);
      const { tests, broken, unnamed } = await recorder.finish({ code: 1, signal: null, durationMs: 1 });
      const count = (all: readonly { state: TestState }[], state: TestState) => all.filter((one) => one.state === state).length;
      for (const state of STATES) assert.equal(count(tests, state) + (unnamed?.[state] ?? 0), count(recorded.own, state), state);
      assert.equal(broken.length, recorded.broken);
      const own = recorded.own.map(({ title, state }) => `${state} ${title}`);
      for (const { title, state } of tests) {
        const at = own.indexOf(`${state} ${title.join(' ')}`);
        assert.ok(at >= 0, `${state} ${title.join(' ')} is not in the report`);
        own.splice(at, 1);
      }
      assert.ok(unnamed || own.length === 0, own.join('\n'));
      for (const test of tests.filter(({ state, id }) => state === 'failed' && !id?.includes('::test_parts')))
        assert.ok(test.failure, test.title.join(' '));
    });
  }
});
