import assert from 'node:assert/strict';
import { familyOf, seesFamilies } from './family.ts';
import { findProgram, placesOf } from './find-program.ts';
import { guarded, treeKiller } from './guard.ts';

describe('what is other on Windows', () => {
  it('a line for its command interpreter is given as it was typed', () => {
    assert.deepEqual(guarded('cmd', ['/d', '/s', '/c', 'npm run "a b" && echo %PATH%'], 'win32'), {
      program: 'cmd',
      args: ['/d', '/s', '/c', '"npm run "a b" && echo %PATH%"'],
      windowsVerbatimArguments: true,
    });
    assert.equal(guarded('C:\\Windows\\System32\\CMD.EXE', ['/C', 'dir'], 'win32').args.at(-1), '"dir"');
  });

  it('other programs are started as they are, with no shell around them', () => {
    assert.deepEqual(guarded('npm', ['test', 'a "b"'], 'win32'), { program: 'npm', args: ['test', 'a "b"'] });
  });

  it('a tree of processes is ended by its own program, wherever Windows is', () => {
    assert.deepEqual(treeKiller(42, 'D:\\WINNT'), { program: 'D:\\WINNT\\System32\\taskkill.exe', args: ['/PID', '42', '/T', '/F'] });
    assert.equal(treeKiller(42).program, 'C:\\Windows\\System32\\taskkill.exe');
  });

  it('programs have endings, and variables are known by names in any case', () => {
    const env = { Path: 'C:\\Program Files\\nodejs;"D:\\my tools";', PathExt: '.EXE;.CMD' };
    assert.deepEqual(placesOf('npm', env, 'win32'), [
      'C:\\Program Files\\nodejs\\npm.exe',
      'C:\\Program Files\\nodejs\\npm.cmd',
      'D:\\my tools\\npm.exe',
      'D:\\my tools\\npm.cmd',
    ]);
    assert.deepEqual(placesOf('npx.cmd', env, 'win32'), ['C:\\Program Files\\nodejs\\npx.cmd', 'D:\\my tools\\npx.cmd']);
    assert.deepEqual(placesOf('C:\\go\\bin\\go', env, 'win32'), ['C:\\go\\bin\\go.exe', 'C:\\go\\bin\\go.cmd']);
    assert.deepEqual(placesOf('go', { PATH: 'C:\\go\\bin' }, 'win32').length, 4);
  });

  it('elsewhere they have none', () => {
    assert.deepEqual(placesOf('npm', { PATH: '/usr/bin:/bin', Path: '/x' }, 'linux'), ['/usr/bin/npm', '/bin/npm']);
    assert.equal(findProgram('there-is-no-such-program', process.env), undefined);
  });

  it('nobody sees which processes belong to a run', async () => {
    assert.deepEqual(await familyOf('a1', 'win32'), []);
    assert.deepEqual([seesFamilies('win32'), seesFamilies('darwin'), seesFamilies('linux')], [false, true, true]);
  });
});
