import assert from 'node:assert/strict';
import { chmodSync, mkdirSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { run } from '../../../process/index.ts';
import type { Ask } from '../asking.ts';
import { declaredFunctions } from '../functions.ts';
import type { Covered } from '../model.ts';
import { readLlvmCov, rustFile } from '../readers/llvm-cov.ts';
import { buildOptions } from './build-options.ts';
import { measuredByCargo } from './measuring.ts';
import { testCode } from './test-code.ts';

describe('coverage of cargo', () => {
  const recorded = JSON.parse(readFileSync(new URL('../recorded/cargo.json', import.meta.url), 'utf8')) as { text: string; lcov: [number, number][] };
  const short = (one: Covered | null) => one && `${one.covered}/${one.total}`;
  const [told] = readLlvmCov(recorded);

  it('has the lines, regions and functions that llvm-cov counts', async () => {
    assert.ok(told);
    const { counts } = rustFile(told, await declaredFunctions('rust', recorded.text), []);
    // `llvm-cov export` says 36 of 49 regions (of a generic function it has the copy of which most ran) and 5 of 9 functions; its lcov form has these lines.
    const lines = `${recorded.lcov.filter(([, count]) => count > 0).length}/${recorded.lcov.length}`;
    assert.deepEqual([counts.lines, counts.statements, counts.functions].map(short), [lines, '37/49', '5/9']);
    assert.equal(counts.branches, null);
  });

  it('leaves out tests that stand in the file', async () => {
    assert.ok(told);
    const { counts, functions, statements } = rustFile(told, await declaredFunctions('rust', recorded.text), await testCode(recorded.text));
    const own = recorded.lcov.filter(([line]) => line < 48);
    assert.equal(short(counts.lines), `${own.filter(([, count]) => count > 0).length}/${own.length}`);
    assert.ok(statements.every(({ range }) => range.start.line < 47));
    assert.deepEqual(functions.map(({ name, range, count }) => [name, range.start.line + 1, count]).sort(), [
      ['(closure)', 35, 2],
      ['(closure)', 44, 0],
      ['clear', 43, 0],
      ['half', 6, 0],
      ['largest', 13, 2],
      ['total', 34, 1],
    ]);
  });

  it('is nothing where there is no report', () => {
    for (const report of [null, {}, { data: [] }, { data: [{}] }]) assert.deepEqual(readLlvmCov(report), []);
  });
});

describe('code of tests in Rust', () => {
  for (const [text, lines] of [
    ['#[cfg(test)]\nmod tests {\n}\nfn f() {}', [[1, 2]]],
    ['#[cfg(all(test, unix))]\n#[allow(x)]\n// why\nfn f() {\n}', [[3, 4]]],
    ['#[tokio::test]\nasync fn f() {}', [[1, 1]]],
    ['#[cfg(feature = "test")]\nfn f() {}\n#[cfg(not(any(test, windows)))]\nfn g() {}', []],
    ['#[cfg(all(not(windows), test))]\nfn f() {}', [[1, 1]]],
    ['#[cfg(any(test, unix))]\nmod f {}\n#[cfg(any(test, feature = "test"))]\nfn g() {}\n#[cfg(any())]\nfn h() {}', []],
    ['#[cfg(any(all(unix, test), all(test, not(unix)),))]\nfn f() {}', [[1, 1]]],
    ['#[cfg(not(test))]\nfn f() {}\n#[cfg(feature = "tests")]\nfn g() {}\n#[tested]\nfn h() {}', []],
  ] as const) {
    it(JSON.stringify(text), async () =>
      assert.deepEqual(
        (await testCode(text)).map(({ start, end }) => [start.line, end.line]),
        lines,
      ),
    );
  }
});

describe('what is built again to be asked of', () => {
  for (const [words, isNextest, kept] of [
    ['--workspace -p a --features=b,c -q name -- --nocapture -p d', false, '--workspace -p a --features=b,c'],
    ['--profile fast --no-fail-fast --target x', false, '--profile fast --target x'],
    ['--profile ci --cargo-profile fast --retries 2 -E test(a)', true, '--profile fast'],
    ['--cargo-profile=fast --profile=ci -Fx -r', true, '--profile=fast -Fx -r'],
  ] as const) {
    it(`of ${words}`, () => assert.equal(buildOptions(words.split(' '), isNextest).join(' '), kept));
  }
});

describe('cargo where it cannot be measured', () => {
  const folder = mkdtempSync(path.join(os.tmpdir(), 'assay-cargo-'));
  after(() => rmSync(folder, { recursive: true, force: true }));
  const ask: Ask = (one, listeners) => run(one, { ...listeners, signal: new AbortController().signal });
  const command = { argv: ['cargo', '+beta', 'test'], env: {}, cwd: folder };
  const asked = { root: folder, folder, around: { PATH: `${folder}${path.delimiter}${process.env['PATH']}` }, ask };

  it('goes on as it is, and says what to install', async function () {
    if (process.platform === 'win32') this.skip();
    const library = path.join(folder, 'lib');
    mkdirSync(library);
    writeFileSync(path.join(folder, 'rustc'), `#!/bin/sh\necho ${library}\n`);
    chmodSync(path.join(folder, 'rustc'), 0o755);
    const without = await measuredByCargo(command, asked);
    assert.deepEqual((await without.read()).notes, [
      'Coverage: the Rust toolchain was built without its profiler, which cargo needs to be measured.',
    ]);
    writeFileSync(path.join(library, 'libprofiler_builtins-1.rlib'), '');
    const measuring = await measuredByCargo(command, asked);
    assert.equal(measuring.command, command);
    assert.deepEqual(await measuring.read(), {
      files: [],
      notes: ["Coverage: cargo needs LLVM's tools in its toolchain: `rustup component add llvm-tools --toolchain beta`."],
    });
  });

  it('builds nothing where a link of the repository leads', async function () {
    if (process.platform === 'win32') this.skip();
    const root = path.join(folder, 'linked');
    mkdirSync(path.join(root, '.assay'), { recursive: true });
    symlinkSync(folder, path.join(root, '.assay', 'coverage-target'));
    const measuring = await measuredByCargo(command, { ...asked, root });
    assert.equal(measuring.command, command);
    const notes = ['Coverage: cargo is not measured, because .assay/coverage-target is a link to somewhere else.'];
    assert.deepEqual(await measuring.read(), { files: [], notes });
  });

  it('says nothing of other commands', async () => {
    for (const argv of [
      ['make', 'test'],
      ['cargo', 'build'],
      ['cargo', 'nextest', 'list'],
    ]) {
      const measuring = await measuredByCargo({ ...command, argv }, asked);
      assert.deepEqual([measuring.command.argv, await measuring.read()], [argv, { files: [], notes: [] }]);
    }
  });
});
