import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { assertGone } from '../../test/support/processes.ts';
import { allowedEnvironment, isSecretName } from './allowed-environment.ts';
import { supervise } from './supervise.ts';

const never = new AbortController().signal;
const PLENTY = { time: 60_000, memory: 8e9 };
const node = (script: string) => ({ program: process.execPath, args: ['-e', script], cwd: process.cwd(), env: process.env });

/** Starts a process in a session of its own, as a daemon does, says its pid and does `then`. */
const DAEMON = (then: string) => `
  const child = require('node:child_process').spawn(process.execPath, ['-e', "process.on('SIGTERM', () => {}); setInterval(() => {}, 1000)"], { detached: true, stdio: 'ignore' });
  child.unref();
  console.log(child.pid);
  setTimeout(() => { ${then} }, 200);
`;

describe('supervising a command', () => {
  it('tells how it ended by itself', async () => {
    const exit = await supervise(node('process.exit(3)'), PLENTY, { signal: never });
    assert.deepEqual([exit.code, exit.stopped], [3, undefined]);
  });

  it('ends it when its time is over, and says so', async () => {
    const exit = await supervise(node('setInterval(() => {}, 1000)'), { ...PLENTY, time: 300 }, { signal: never });
    assert.deepEqual([exit.code, exit.stopped], [null, 'time']);
  });

  it('ends it when it takes too much memory, and says so', async function () {
    if (process.platform !== 'linux') this.skip();
    const exit = await supervise(
      node('const all = []; setInterval(() => all.push(Buffer.alloc(2e7, 1)), 10)'),
      { ...PLENTY, memory: 3e8 },
      { signal: never },
    );
    assert.equal(exit.stopped, 'memory');
    assert.ok(exit.peakMemory > 3e8, String(exit.peakMemory));
  });

  it('counts the memory that processes share once', async function () {
    if (process.platform !== 'linux' || spawnSync('python3', ['--version']).status !== 0) this.skip();
    const script = 'import os, time\nall = bytearray(os.urandom(1)) * 150_000_000\nfor _ in range(4):\n  if os.fork() == 0: break\ntime.sleep(2)';
    const exit = await supervise({ ...node(''), program: 'python3', args: ['-c', script] }, { ...PLENTY, memory: 4e8 }, { signal: never });
    assert.deepEqual([exit.code, exit.stopped], [0, undefined]);
    assert.ok(exit.peakMemory > 1.5e8 && exit.peakMemory < 4e8, String(exit.peakMemory));
  });

  it('ends it when it is cancelled, also where it does not want to end', async () => {
    const cancel = new AbortController();
    const exit = await supervise(node("process.on('SIGTERM', () => {}); console.log('up'); setInterval(() => {}, 1000)"), PLENTY, {
      signal: cancel.signal,
      onStdout() {
        cancel.abort();
      },
    });
    assert.equal(exit.stopped, 'cancelled');
  });

  for (const [what, then] of [
    ['that ended by itself', 'process.exit(0)'],
    ['that is cancelled', "console.log('now')"],
  ] as const) {
    it(`leaves no daemon of a command ${what}`, async function () {
      if (process.platform !== 'linux') this.skip();
      const cancel = new AbortController();
      const said: string[] = [];
      await supervise(node(DAEMON(then)), PLENTY, {
        signal: cancel.signal,
        onStdout(line) {
          said.push(line);
          if (line === 'now') cancel.abort();
        },
      });
      assert.match(said[0] ?? '', /^\d+$/);
      await assertGone([Number(said[0])]);
    });
  }
});

describe('the environment of a project’s commands', () => {
  const SECRETS = [
    'NPM_TOKEN',
    'GITHUB_TOKEN',
    'AWS_SECRET_ACCESS_KEY',
    'npm_config_//example.org/:_authToken',
    'CARGO_REGISTRY_TOKEN',
    'PIP_PASSWORD',
    'apiKey',
    'UV_PUBLISH_PASSWORD',
    'PGPASSWORD',
    'MYSQL_PWD',
  ];
  const ALLOWED = ['PATH', 'HOME', 'LC_ALL', 'npm_config_cache', 'CARGO_HOME', 'GOPATH', 'PYTHONPATH', 'TZ', 'Path'];
  const PLAIN = [...ALLOWED, 'KEYBOARD', 'MONKEY', 'PWD', 'OLDPWD', 'TOKENIZERS'];

  for (const name of SECRETS) it(`${name} is a secret`, () => assert.ok(isSecretName(name)));
  for (const name of PLAIN) it(`${name} is none`, () => assert.ok(!isSecretName(name)));

  it('lets through what programs need, and nothing else', () => {
    const names = [...SECRETS, ...PLAIN, 'DATABASE_URL', 'ELECTRON_RUN_AS_NODE', 'ASSAY_X', 'GOSSIP'];
    const env = Object.fromEntries(names.map((name) => [name, 'x']));
    assert.deepEqual(Object.keys(allowedEnvironment(env)), ALLOWED);
  });

  it('lets through what a person names', () => {
    assert.deepEqual(allowedEnvironment({ DATABASE_URL: 'x', NPM_TOKEN: 'y', OTHER: 'z' }, ['DATABASE_URL', 'NPM_TOKEN']), {
      DATABASE_URL: 'x',
      NPM_TOKEN: 'y',
    });
  });
});
