import assert from 'node:assert/strict';
import { readFileSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { verify } from '../support/proofs.ts';
import { project } from './project.ts';

/** One test passes; the other one fails in the first run of all, and passes in the second, which is of its file alone. */
const TESTS = `import assert from 'node:assert/strict';
import { existsSync, writeFileSync } from 'node:fs';
import { describe, it } from 'node:test';

describe('a suite', () => {
  it('passes', () => {});
  it('is flaky', () => {
    const ran = existsSync('ran');
    writeFileSync('ran', '');
    assert.equal(ran, true);
  });
});
`;

/** Majors of Node whose own runner is listened to. */
describe('what node:test tells, by version', () => {
  for (const node of ['node@20', 'node@22', 'node@24'])
    for (const [reporters, says] of [
      ['', /is flaky/],
      [' --test-reporter=tap', /^TAP version 13$/m],
      [' --test-reporter=dot --test-reporter-destination=stdout', /^\.*X/m],
    ] as const)
      it(`${node}${reporters}`, async () => {
        const directory = project('node-test', [node]);
        rmSync(path.join(directory, 'ran'), { force: true });
        writeFileSync(path.join(directory, 'test', 'flaky.test.js'), TESTS);
        const script = `node --test${reporters}`;
        writeFileSync(path.join(directory, 'package.json'), JSON.stringify({ private: true, type: 'module', scripts: { test: script } }));
        const { rungs } = await verify(directory, '--level', 'test', '--only');
        const { test } = rungs;
        assert.equal(test?.tests?.source, 'reporter', test?.summary);
        assert.deepEqual([test.tests.flaky, test.tests.counts['failed']], [['a suite > is flaky'], 0]);
        const flaky = test.tests.tests.find(({ title }) => title.at(-1) === 'is flaky');
        assert.equal(path.basename(flaky?.file ?? ''), 'flaky.test.js');
        // Node tells where a test stands since version 20.
        assert.equal(flaky?.line, 7);
        assert.ok((test.tests.counts['passed'] ?? 0) > 1);
        assert.match(readFileSync(path.join(directory, '.assay', 'evidence', test.id, 'output.log'), 'utf8'), says);
      });
});
