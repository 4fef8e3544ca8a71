import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';
import { assertGone } from '../../test/support/processes.ts';
import { run } from './run.ts';

/** A Node program that starts a grandchild, says both pids, and stays. */
const FAMILY = `
  const child = require('node:child_process').spawn(process.execPath, ['-e', 'setInterval(() => {}, 1000)'], { stdio: 'ignore' });
  console.log(process.pid + ' ' + child.pid);
  setInterval(() => {}, 1000);
`;
const never = new AbortController().signal;
const node = (script: string, env = {}) => ({ program: process.execPath, args: ['-e', script], cwd: process.cwd(), env: { ...process.env, ...env } });

describe('running a command', () => {
  it('delivers what is said on each channel, and how it ended', async () => {
    const said: string[] = [];
    const exit = await run(node("console.log('out'); console.error('err'); require('fs').writeSync(4, 'message\\n'); process.exitCode = 3"), {
      signal: never,
      onStdout: (line) => said.push(`1 ${line}`),
      onStderr: (line) => said.push(`2 ${line}`),
      onMessage: (line) => said.push(`4 ${line}`),
    });
    assert.deepEqual(said.sort(), ['1 out', '2 err', '4 message']);
    assert.equal(exit.code, 3);
  });

  it('says why a program cannot be started', async () => {
    const exit = await run({ program: '/nowhere/node', args: [], cwd: process.cwd(), env: {} }, { signal: never });
    assert.ok(exit.startError || exit.code === 127, JSON.stringify(exit));
  });

  it('says why when the working directory is gone', async () => {
    const exit = await run({ program: process.execPath, args: ['-v'], cwd: '/nowhere', env: {} }, { signal: never });
    assert.ok(exit.startError);
  });

  it('delivers a last line of a megabyte before it resolves', async () => {
    let length = 0;
    await run(node("process.stdout.write('x'.repeat(1e6))"), { signal: never, onStdout: (line) => (length = line.length) });
    assert.equal(length, 1e6);
  });

  for (const [name, command] of Object.entries({
    'arguments that are too long': { ...node(''), args: ['-e', '0', 'x'.repeat(3e6)] },
    'a zero byte': { ...node(''), args: ['-e', '0', 'a\0b'] },
    'a zero byte in a variable': node('', { A: 'a\0b' }),
    'a working directory that is a file': { ...node(''), cwd: import.meta.filename },
  }))
    it(`says why it cannot be started: ${name}`, async function () {
      if (process.platform === 'win32') this.skip();
      const { code, startError } = await run(command, { signal: never });
      assert.equal(code, null);
      assert.ok(startError?.message);
    });

  it('cuts a line that does not end', async () => {
    const said: string[] = [];
    await run(node("for (let i = 0; i < 40; i++) require('fs').writeSync(1, 'x'.repeat(1 << 16)); console.log('\\nend')"), {
      signal: never,
      onStdout: (line) => said.push(line),
    });
    assert.deepEqual(
      said.map((line) => line.length),
      [(1 << 20) + ' … and 1,572,864 characters more'.length, 3],
    );
  });

  it('hears on after a line that its listener could not bear, and tells of it', async () => {
    const said: string[] = [];
    const warned = once(process, 'warning');
    await run(node("console.log('one\\ntwo\\nthree')"), {
      signal: never,
      onStdout(line) {
        if (line === 'two') throw new Error('not two');
        said.push(line);
      },
    });
    assert.deepEqual(said, ['one', 'three']);
    assert.equal(((await warned) as Error[])[0]?.message, 'not two');
  });

  it('gives the command no input to wait for', async () => {
    const exit = await run(node("process.stdin.resume(); process.stdin.on('end', () => process.exit(0))"), { signal: AbortSignal.timeout(5000) });
    assert.equal(exit.code, 0);
  });

  it('lets the command be interrupted as a terminal does: no signal is ignored', async function () {
    if (process.platform !== 'linux') this.skip();
    const said: string[] = [];
    await run(
      { program: 'grep', args: ['SigIgn', '/proc/self/status'], cwd: '/', env: process.env },
      { signal: never, onStdout: (line) => said.push(line) },
    );
    assert.deepEqual(said, ['SigIgn:\t0000000000000000']);
  });

  it('kills the whole family when it is cancelled', async () => {
    const cancel = new AbortController();
    const pids: number[] = [];
    const exit = await run(node(FAMILY), {
      signal: cancel.signal,
      onStdout(line) {
        pids.push(...line.split(' ').map(Number));
        cancel.abort();
      },
    });
    assert.equal(exit.code, null);
    assert.equal(pids.length, 2);
    await assertGone(pids);
  });

  it('kills what a command left running when it ended by itself', async () => {
    const pids: number[] = [];
    const script = FAMILY.replace('setInterval(() => {}, 1000);\n', 'child.unref(); setTimeout(() => process.exit(0), 100);\n');
    const exit = await run(node(script), { signal: never, onStdout: (line) => pids.push(...line.split(' ').map(Number)) });
    assert.equal(exit.code, 0);
    assert.equal(pids.length, 2);
    await assertGone(pids);
  });

  it('leaves nothing behind when this process itself is killed', async function () {
    if (process.platform === 'win32') this.skip();
    const parent = spawn(process.execPath, ['--input-type=module', '-e', PARENT], { stdio: ['ignore', 'pipe', 'inherit'] });
    const [line] = (await once(createInterface({ input: parent.stdout }), 'line')) as [string];
    const pids = line.split(' ').map(Number);
    parent.kill('SIGKILL');
    assert.equal(pids.length, 2);
    await assertGone(pids);
  });
});

const PARENT = `
  import { run } from ${JSON.stringify(new URL('./run.ts', import.meta.url).href)};
  await run({ program: process.execPath, args: ['-e', ${JSON.stringify(FAMILY)}], cwd: process.cwd(), env: process.env },
    { signal: new AbortController().signal, onStdout: (line) => console.log(line) });
`;
