import assert from 'node:assert/strict';
import { isNarrowed, shellLine, shellLines } from './shell-line.ts';

const CASES: [argv: string[], env: Record<string, string>, expected: string][] = [
  [['npm', 'test'], {}, 'npm test'],
  [['npm', 'test'], { TZ: 'UTC', NAME: 'a b' }, "TZ=UTC NAME='a b' npm test"],
  [['echo', "it's", '$HOME', ''], {}, "echo 'it'\\''s' '$HOME' ''"],
  [['npm', 'test'], { ASSAY_ONLY_TESTS: '[…]', TZ: 'UTC' }, 'TZ=UTC npm test'],
];

const IN_POWERSHELL: [argv: string[], env: Record<string, string>, expected: string][] = [
  [['npm', 'test'], {}, 'npm test'],
  [['npm', 'test'], { TZ: 'UTC', NAME: "it's" }, "$env:TZ='UTC'; $env:NAME='it''s'; npm test"],
  [['C:\\Program Files\\nodejs\\node.exe', '--test'], {}, "& 'C:\\Program Files\\nodejs\\node.exe' --test"],
  [['C:\\node\\node.exe', 'a b', '$HOME', ''], {}, "C:\\node\\node.exe 'a b' '$HOME' ''"],
  [['go', 'test', '-run=^A$', '-C=.\\x', './...'], {}, "go test '-run=^A$' '-C=.\\x' ./..."],
  [['npx', '@scope/tool', 'a,b'], {}, "npx '@scope/tool' 'a,b'"],
];

describe('a command as a person types it into a shell', () => {
  for (const [argv, env, expected] of CASES) it(expected, () => assert.equal(shellLine({ argv, env, cwd: '/p' }, undefined, 'linux'), expected));
  for (const [argv, env, expected] of IN_POWERSHELL)
    it(`PowerShell: ${expected}`, () => assert.equal(shellLine({ argv, env, cwd: 'C:\\p' }, undefined, 'win32'), expected));

  it('says where it runs, where that is elsewhere', () => {
    const command = { argv: ['make'], env: {}, cwd: '/p/sub dir' };
    assert.equal(shellLine(command, '/p', 'linux'), "cd 'sub dir' && make");
    assert.equal(shellLine(command, '/p/sub dir', 'linux'), 'make');
    assert.equal(shellLine({ ...command, cwd: 'c:\\P\\sub\\x' }, 'C:\\p', 'win32'), 'cd sub/x; make');
  });

  it('goes on with the next in one line', () => {
    const commands = [
      ['npm', 'ci'],
      ['npm', 'run', 'build'],
    ].map((argv) => ({ argv, env: {}, cwd: '/p' }));
    assert.equal(shellLines(commands, 'linux'), 'npm ci && npm run build');
    assert.equal(shellLines(commands, 'win32'), 'npm ci; npm run build');
  });

  it('tells of some of the tests by a variable of ours', () => {
    assert.deepEqual(
      CASES.map(([argv, env]) => isNarrowed({ argv, env, cwd: '/p' })),
      [false, false, false, true],
    );
  });
});
