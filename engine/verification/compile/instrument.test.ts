import assert from 'node:assert/strict';
import { instrumentCompile } from './instrument.ts';

const JSON_FORMAT = '--message-format=json-diagnostic-rendered-ansi';

function instrumented(line: string): string {
  return instrumentCompile({ argv: line.split(' '), env: { A: '1' }, cwd: '/project' }).argv.join(' ');
}

describe('asking tools for their machine form', () => {
  it('asks Cargo for JSON before what belongs to others', () => {
    assert.equal(instrumented('cargo build --release'), `cargo build ${JSON_FORMAT} --release`);
    assert.equal(instrumented('cargo +nightly clippy -- -D warnings'), `cargo +nightly clippy ${JSON_FORMAT} -- -D warnings`);
    assert.equal(instrumented('/usr/bin/cargo --locked check --workspace'), `/usr/bin/cargo --locked check ${JSON_FORMAT} --workspace`);
  });

  it('asks mypy for columns, also through Python and the runners of package managers', () => {
    assert.equal(instrumented('mypy src'), 'mypy --show-column-numbers src');
    assert.equal(instrumented('python3.12 -m mypy .'), 'python3.12 -m mypy --show-column-numbers .');
    assert.equal(instrumented('uv run mypy --strict'), 'uv run mypy --show-column-numbers --strict');
  });

  it('leaves what says enough, what was asked for already, and what it cannot see through', () => {
    for (const line of [
      'cargo build --message-format short',
      'cargo test',
      'cargo fmt --check',
      'mypy --output json .',
      'uv run --frozen mypy',
      'npm run build',
      'tsc -p .',
      'make',
      'go vet ./...',
      'pyright',
    ]) {
      assert.equal(instrumented(line), line);
    }
  });

  it('changes nothing but the arguments', () => {
    const { env, cwd } = instrumentCompile({ argv: ['cargo', 'build'], env: { A: '1' }, cwd: '/project' });
    assert.deepEqual({ env, cwd }, { env: { A: '1' }, cwd: '/project' });
  });
});
