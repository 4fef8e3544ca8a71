import assert from 'node:assert/strict';
import { globSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { compareSample } from '../../../bench/compile/compare.ts';
import type { Sample } from '../../../bench/compile/sample.ts';
import { CompileOutput } from './compile-output.ts';

const samples = fileURLToPath(new URL('samples/', import.meta.url));
const ROOT = path.resolve('/project');
const AN_ERROR = "error TS2322: Type 'string' is not assignable to type 'number'.";

describe('what tools were recorded to write', () => {
  for (const name of globSync('**/*.json', { cwd: samples }).sort()) {
    it(name.replace(/\.json$/, ''), () => {
      const sample: Sample = JSON.parse(readFileSync(path.join(samples, name), 'utf8'));
      const { missed, invented, misread } = compareSample(sample);
      assert.deepEqual({ missed, invented, misread }, { missed: [], invented: [], misread: [] });
    });
  }
});

describe('reading the output of a build', () => {
  it('shows what Cargo tells machines as people would have seen it, and nothing of what is for machines alone', () => {
    const output = read([]);
    const message = { level: 'error', message: 'no', code: null, spans: [], rendered: '\u001b[1merror\u001b[0m: no\n\n' };
    assert.equal(
      output.push('stdout', JSON.stringify({ reason: 'compiler-message', manifest_path: '/project/Cargo.toml', message })),
      '\u001b[1merror\u001b[0m: no\n',
    );
    assert.equal(output.push('stdout', '{"reason":"build-finished","success":false}'), undefined);
    assert.equal(output.push('stdout', 'Compiling'), 'Compiling');
    assert.deepEqual(
      output.problems().map((one) => one.message),
      ['no'],
    );
  });

  it('reads long lines of what nothing is in as quickly as others', () => {
    const lines = ['\r'.repeat(60_000), ' '.repeat(60_000), ' x'.repeat(60_000), 'x'.repeat(1e6)].map((line) => `${line}.`);
    assert.deepEqual(places([...lines, `one\rtwo\rsrc/a.ts(1,2): ${AN_ERROR}\r`], ['src/a.ts']), ['src/a.ts:1:2']);
  }).timeout(4000);

  it('finds the file in the package that a prefix names, though others have one of that name', () => {
    const files = ['src/a.ts', 'packages/b/src/a.ts'];
    for (const prefix of ['packages/b build: ', 'b:build: ', '[b] ', '[b]: ', 'b: ']) {
      assert.deepEqual(places([`${prefix}src/a.ts(1,2): ${AN_ERROR}`], files), ['packages/b/src/a.ts:1:2'], prefix);
    }
  });

  it('finds the file in the package whose script was said to start, and in none after it', () => {
    const files = ['src/a.ts', 'packages/b/src/a.ts'];
    assert.deepEqual(places(['> b@1.0.0 build', '> tsc', '', `src/a.ts(1,2): ${AN_ERROR}`], files), ['packages/b/src/a.ts:1:2']);
    assert.deepEqual(places(['> b@1.0.0 build', '> root@1.0.0 build', `src/a.ts(1,2): ${AN_ERROR}`], files), ['src/a.ts:1:2']);
  });

  it('tells what two tools say alike once', () => {
    const lines = [
      `src/a.ts(1,2): ${AN_ERROR}`,
      `[vite] building`,
      `src/a.ts:1:2 - ${AN_ERROR}`,
      'ERROR in ./src/a.ts:1:2',
      AN_ERROR.replace('error ', ''),
      '',
    ];
    assert.deepEqual(places(lines, ['src/a.ts']), ['src/a.ts:1:2']);
  });

  it('keeps messages of several lines apart where two packages write at once', () => {
    const output = read(['packages/b/src/a.ts', 'packages/c/src/a.ts']);
    for (const line of [
      'b build: src/a.ts(1,2): error TS1: first',
      'c build: src/a.ts(3,4): error TS2: second',
      'b build:   because b',
      'c build:   because c',
    ]) {
      output.push('stdout', line);
    }
    assert.deepEqual(
      output.problems().map(({ message }) => message),
      ['first\n  because b', 'second\n  because c'],
    );
  });

  it('gives no place where the file is not there, and names it in the message', () => {
    const [problem] = read([], [`gone.ts(1,2): error TS1: no`]).problems();
    assert.deepEqual(problem, { tool: 'tsc', severity: 'error', code: 'TS1', message: 'gone.ts:1: no' });
  });

  it('places a whole line where the tool tells no column', () => {
    const [problem] = read(['a.py'], ['a.py:3: error: no  [misc]']).problems();
    assert.deepEqual(problem?.range, { start: { line: 2, column: 0 }, end: { line: 2, column: Number.MAX_SAFE_INTEGER } });
  });
});

function read(files: readonly string[], lines: readonly string[] = []): CompileOutput {
  const there = new Set(files.map((file) => path.join(ROOT, file)));
  const members = ['b', 'c'].map((name) => ({ name, directory: path.join(ROOT, 'packages', name) }));
  const output = new CompileOutput(ROOT, { exists: (file) => there.has(file), members });
  for (const line of lines) output.push('stdout', line);
  return output;
}

function places(lines: readonly string[], files: readonly string[]): string[] {
  return read(files, lines)
    .problems()
    .map(({ file = '', range }) => `${path.relative(ROOT, file)}:${(range?.start.line ?? -1) + 1}:${(range?.start.column ?? -1) + 1}`);
}
