import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { withPreload } from './kept-preload.ts';

const PRELOAD = '--require="/a b/preload.cjs"';
const MARK = `ASSAY_TEST_PRELOAD=${PRELOAD}`;
const line = (script: string) => withPreload({ args: ['sh', '-c', script], envPairs: [MARK] }, PRELOAD).args?.[2] ?? '';

const SCRIPTS: readonly [script: string, options: string][] = [
  ['NODE_OPTIONS=--x env', `${PRELOAD} --x`],
  ['NODE_OPTIONS="--x --y" env', `${PRELOAD} --x --y`],
  ["A=1 NODE_OPTIONS='--x' env", `${PRELOAD} --x`],
  ['true && NODE_OPTIONS=--x env', `${PRELOAD} --x`],
  ['export NODE_OPTIONS=--x; env', `${PRELOAD} --x`],
  ['env NODE_OPTIONS=--x env', `${PRELOAD} --x`],
  [`sh -c "NODE_OPTIONS=--x env"`, '--x'],
  [`MY_NODE_OPTIONS=--x env`, ''],
  [`NODE_OPTIONS= env`, ''],
];

describe('what a launcher starts', () => {
  for (const [script, options] of SCRIPTS) {
    it(`has our preload: ${script}`, function () {
      if (process.platform === 'win32') this.skip();
      const said = execFileSync('sh', ['-c', line(script)], { env: { PATH: process.env['PATH'], ASSAY_TEST_PRELOAD: PRELOAD }, encoding: 'utf8' });
      assert.equal(/^NODE_OPTIONS=(.*)$/m.exec(said)?.[1] ?? '', options);
    });
  }

  it('has it in an environment that was made anew, once', () => {
    const pairs = (...envPairs: string[]) => withPreload({ envPairs }, PRELOAD).envPairs;
    assert.deepEqual(pairs(MARK, 'NODE_OPTIONS=--x', 'A=1'), [MARK, 'A=1', `NODE_OPTIONS=${PRELOAD} --x`]);
    assert.deepEqual(pairs(MARK, `NODE_OPTIONS=--x ${PRELOAD}`), [MARK, `NODE_OPTIONS=--x ${PRELOAD}`]);
    assert.deepEqual(pairs(MARK), [MARK, `NODE_OPTIONS=${PRELOAD}`]);
    assert.deepEqual(pairs('A=1'), ['A=1']);
  });
});
