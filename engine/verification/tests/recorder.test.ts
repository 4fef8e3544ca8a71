import assert from 'node:assert/strict';
import { mkdirSync, mkdtempSync, realpathSync, rmSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { countTests, recordTests } from './index.ts';

const EXIT = { code: 0, signal: null, durationMs: 1 };

describe('recording the tests of a command', () => {
  let folder: string;

  before(() => {
    folder = realpathSync(mkdtempSync(path.join(os.tmpdir(), 'assay-recorder-')));
    mkdirSync(path.join(folder, 'sub'));
    writeFileSync(path.join(folder, 'go.mod'), 'module example.com/x\n');
    writeFileSync(path.join(folder, 'sub', 'a_test.go'), 'package sub\n\nfunc TestA(t *testing.T) {\n\tt.Run("b c", func(t *testing.T) {})\n}\n');
  });
  after(() => rmSync(folder, { recursive: true, force: true }));

  it('adds to what the environment has, and changes nothing else', () => {
    const command = { argv: ['npm', 'test'], env: { NODE_OPTIONS: '--max-old-space-size=100' }, cwd: folder };
    const recorded = recordTests(command, folder).command;
    assert.deepEqual([recorded.argv, recorded.cwd], [command.argv, folder]);
    assert.match(recorded.env['NODE_OPTIONS'] ?? '', /^--require=\S*preload\.cjs --max-old-space-size=100$/);
    assert.equal(recorded.env['PYTHONPATH'], undefined);
    assert.equal(recorded.env['TURBO_ENV_MODE'], 'loose');
    assert.equal(recordTests({ ...command, env: { TURBO_ENV_MODE: 'strict' } }, folder).command.env['TURBO_ENV_MODE'], 'strict');
    const { env } = recordTests({ ...command, argv: ['make', 'test'] }, folder).command;
    assert.ok(env['NODE_OPTIONS'] && env['PYTHONPATH']);
    // Where a Makefile replaces PYTHONPATH, pytest must not miss a plugin that it was told to load.
    assert.equal(env['PYTEST_ADDOPTS'], undefined);
  });

  it('adds to what the command is going to get, and not to what is around ourselves', function () {
    if (process.platform !== 'linux') this.skip();
    const around = { PATH: '/project/.venv/bin:/usr/bin', NODE_OPTIONS: '--expose-gc' };
    const { env } = recordTests({ argv: ['make', 'test'], env: {}, cwd: folder }, folder, around).command;
    assert.match(env['PATH'] ?? '', /^[^:]*bin:\/project\/\.venv\/bin:\/usr\/bin$/);
    assert.match(env['NODE_OPTIONS'] ?? '', /preload\.cjs"? --expose-gc$/);
  });

  it('tells of no tests where nothing is said', async () => {
    const report = await recordTests({ argv: ['npm', 'test'], env: {}, cwd: folder }, folder).finish(EXIT);
    assert.deepEqual(report, { tests: [], broken: [], running: [], source: 'none' });
  });

  it('tells a crate without tests from a command that says nothing', async () => {
    const recorder = recordTests({ argv: ['cargo', 'test'], env: {}, cwd: folder }, folder);
    for (const line of [
      '     Running unittests src/lib.rs (target/debug/deps/x-0f81acb331eb189c)',
      'running 0 tests',
      'test result: ok. 0 passed; 0 failed',
    ])
      recorder.hear('stdout', line);
    assert.deepEqual(await recorder.finish(EXIT), { tests: [], broken: [], running: [], source: 'reporter' });
  });

  it('takes events while they are written, and passes over one that was cut off', async () => {
    const recorder = recordTests({ argv: ['npm', 'test'], env: {}, cwd: folder }, folder);
    const file = recorder.command.env['ASSAY_TEST_EVENTS'] ?? '';
    const events = [
      { type: 'run', run: '1', framework: 'vitest' },
      { type: 'begin', run: '1', file: '/a', title: ['s', 'one'] },
      { type: 'test', run: '1', test: { key: '1', file: '/a', title: ['s', 'one'], state: 'passed', ms: 2 } },
      { type: 'begin', run: '1', file: '/a', title: ['s', 'two'] },
    ];
    writeFileSync(file, `${events.map((event) => JSON.stringify(event)).join('\n')}\n{"type":"test","run":"1","te`);
    assert.deepEqual(recorder.counts(), { passed: 1, failed: 0, skipped: 0, todo: 0 });
    const { tests, running, source } = await recorder.finish(EXIT);
    assert.deepEqual(tests, [{ framework: 'vitest', file: '/a', title: ['s', 'one'], state: 'passed', durationMs: 2 }]);
    assert.deepEqual(running, [{ framework: 'vitest', file: '/a', title: ['s', 'two'] }]);
    assert.equal(source, 'reporter');
  });

  it('reads the numbers of a framework that was not reached, and not those that tests of another one print', async () => {
    const heard = async (framework?: string) => {
      const recorder = recordTests({ argv: ['npm', 'test'], env: {}, cwd: folder }, folder);
      if (framework) writeFileSync(recorder.command.env['ASSAY_TEST_EVENTS'] ?? '', `${JSON.stringify({ type: 'run', run: '1', framework })}\n`);
      recorder.hear('stderr', '\u001b[1mTests:       \u001b[22m\u001b[1m\u001b[32m3 passed\u001b[39m\u001b[22m, 3 total');
      recorder.hear('stdout', '  2 failing');
      const report = await recorder.finish(EXIT);
      return { counts: countTests(report), source: report.source };
    };
    assert.deepEqual(await heard(), { counts: { passed: 3, failed: 2, skipped: 0, todo: 0 }, source: 'output' });
    assert.deepEqual(await heard('vitest'), { counts: { passed: 0, failed: 0, skipped: 0, todo: 0 }, source: 'reporter' });
  });

  it('hears go by its machine form, and shows what go would say', async () => {
    const recorder = recordTests({ argv: ['go', 'test', './...'], env: {}, cwd: folder }, folder);
    assert.deepEqual(recorder.command.argv, ['go', 'test', '-json', './...']);
    const at = { Package: 'example.com/x/sub' };
    const seen = [
      { Action: 'run', ...at, Test: 'TestA' },
      { Action: 'output', ...at, Test: 'TestA', Output: '=== RUN   TestA\n' },
      { Action: 'run', ...at, Test: 'TestA/b_c' },
      { Action: 'output', ...at, Test: 'TestA/b_c', Output: '    a_test.go:4: want 1\n' },
      { Action: 'output', ...at, Test: 'TestA/b_c', Output: '--- FAIL: TestA/b_c (0.01s)\n' },
      { Action: 'fail', ...at, Test: 'TestA/b_c', Elapsed: 0.01 },
      { Action: 'output', ...at, Test: 'TestA', Output: '--- FAIL: TestA (0.01s)\n' },
      { Action: 'fail', ...at, Test: 'TestA', Elapsed: 0.01 },
      { Action: 'output', ...at, Output: 'FAIL\n' },
      { Action: 'output', ...at, Output: 'FAIL\texample.com/x/sub\t0.02s\n' },
      { Action: 'fail', ...at, Elapsed: 0.02 },
    ].flatMap((event) => recorder.hear('stdout', JSON.stringify(event)) ?? []);
    assert.deepEqual(seen, ['    a_test.go:4: want 1\n--- FAIL: TestA/b_c (0.01s)\n--- FAIL: TestA (0.01s)\nFAIL', 'FAIL\texample.com/x/sub\t0.02s']);
    const report = await recorder.finish({ ...EXIT, code: 1 });
    assert.deepEqual(countTests(report), { passed: 0, failed: 2, skipped: 0, todo: 0 });
    const file = path.join(folder, 'sub', 'a_test.go');
    const [sub] = report.tests;
    assert.deepEqual([sub?.title, sub?.file, sub?.position], [['TestA', 'b_c'], file, { line: 3, column: 0 }]);
    assert.deepEqual([sub?.failure?.message, sub?.failure?.file, sub?.failure?.position], ['want 1', file, { line: 3, column: 0 }]);
  });
});
