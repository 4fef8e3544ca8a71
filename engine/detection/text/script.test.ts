import assert from 'node:assert/strict';
import { readScript } from './script.ts';

const CASES: readonly [name: string, script: string, expected: string[]][] = [
  ['lines', 'npm ci\nnpm test', ['0: npm ci', '1: npm test']],
  ['lines that go on', 'npm run a -- \\\n  --b\nnpm run c', ['0: npm run a -- --b', '2: npm run c']],
  ['comments', '# first\nmake # then\nrun "a # b"', ['1: make', '2: run a # b']],
  ['chains', 'a && b || c; d | e', ['0: a', '0: b', '0: c', '0: d', '0: e']],
  ['conditions and loops', 'if x; then\n  a\nelse\n  b\nfi\nfor i in 1; do c; done', ['0: x', '1: a', '3: b', '5: for i in 1', '5: c']],
  ['folders', 'cd web && a\nb\ncd ..\nc', ['0: a in web', '1: b in web', '3: c']],
  ['a subshell', '(cd web && a)\nb', ['0: a in web', '1: b']],
  ['variables', 'A=1 B="x y" run\nexport C=2', ['0: A=1 B=x y run', '1: export C=2']],
  ['texts for programs', 'cat <<EOF\nnpm test\nEOF\na', ['0: cat', '3: a']],
  ['nothing', '\n  \n', []],
];

describe('readScript', () => {
  for (const [name, script, expected] of CASES) {
    it(`reads ${name}`, () => {
      const read = readScript(script).map(({ argv, env, cwd, line }) => {
        const words = [...Object.entries(env).map(([key, value]) => `${key}=${value}`), ...argv].join(' ');
        return `${line}: ${words}${cwd ? ` in ${cwd}` : ''}`;
      });
      assert.deepEqual(read, expected);
    });
  }
});
