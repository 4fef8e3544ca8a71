import assert from 'node:assert/strict';
import { isNarrowed, shellLine } from './shell-line.ts';

const CASES: [argv: string[], env: Record<string, string>, expected: string][] = [
  [['npm', 'test'], {}, 'npm test'],
  [['npm', 'test'], { TZ: 'UTC', NAME: 'a b' }, "TZ=UTC NAME='a b' npm test"],
  [['echo', "it's", '$HOME', ''], {}, "echo 'it'\\''s' '$HOME' ''"],
  [['npm', 'test'], { ASSAY_ONLY_TESTS: '[…]', TZ: 'UTC' }, 'TZ=UTC npm test'],
];

describe('a command as a person types it into a shell', () => {
  for (const [argv, env, expected] of CASES) it(expected, () => assert.equal(shellLine({ argv, env, cwd: '/p' }), expected));

  it('says where it runs, where that is elsewhere', () => {
    const command = { argv: ['make'], env: {}, cwd: '/p/sub dir' };
    assert.equal(shellLine(command, '/p'), "cd 'sub dir' && make");
    assert.equal(shellLine(command, '/p/sub dir'), 'make');
  });

  it('tells of some of the tests by a variable of ours', () => {
    assert.deepEqual(
      CASES.map(([argv, env]) => isNarrowed({ argv, env, cwd: '/p' })),
      [false, false, false, true],
    );
  });
});
