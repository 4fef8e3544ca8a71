import assert from 'node:assert/strict';
import { MissingProgram } from './missing-program.ts';

/** What a command said, how it ended, and which program was missing. */
const CASES: readonly [says: string, code: number, missing: string | undefined][] = [
  ['sh: 1: pnpm: not found', 127, 'pnpm'],
  ['bash: line 1: vitest: command not found', 127, 'vitest'],
  ['', 127, 'npm'],
  ['sh: 1: pnpm: not found', 1, undefined],
  ['/home/me/p/.venv/bin/python: No module named build', 1, 'build'],
  ['C:\\p\\.venv\\Scripts\\python.exe: No module named pytest', 1, 'pytest'],
  ["ModuleNotFoundError: No module named 'yaml'", 1, undefined],
  ['error: Failed to spawn: mypy', 2, 'mypy'],
  ['error: Failed to spawn: `mypy`', 2, 'mypy'],
  ['Command not found: mypy', 1, 'mypy'],
  ["[PdmUsageError]: Command 'mypy' is not found in your PATH.", 1, 'mypy'],
  ['nox > Program uv not found.', 1, 'uv'],
  ["py: Exception running subprocess [Errno 2] No such file or directory: 'pytest'", 2, 'pytest'],
  ['make: pytest: No such file or directory', 2, 'pytest'],
  ['make[1]: pytest: No such file or directory', 2, 'pytest'],
  ["'pnpm' is not recognized as an internal or external command,", 1, 'pnpm'],
  ['', 9009, 'npm'],
  ['error: Failed to spawn: mypy', 0, undefined],
  ['1 failed, 3 passed', 1, undefined],
];

describe('which program is missing', () => {
  for (const [says, code, missing] of CASES) {
    it(`${says || 'nothing said'}, status ${code}: ${missing ?? 'none'}`, () => {
      const heard = new MissingProgram();
      heard.hear(says);
      heard.hear('make: *** [Makefile:2: test] Error 127');
      assert.equal(heard.found(code, 'npm'), missing);
    });
  }
});
