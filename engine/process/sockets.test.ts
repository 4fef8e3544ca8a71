import assert from 'node:assert/strict';
import { once } from 'node:events';
import { type AddressInfo, connect, createServer } from 'node:net';
import { findProgram } from './find-program.ts';
import { parseLsof } from './lsof-sockets.ts';
import { parseSockets } from './proc-sockets.ts';
import { socketsOf } from './sockets.ts';

/** A line of `/proc/net/tcp` and what it says. */
const LINES: Record<string, string> = {
  '   0: 0100007F:1F90 00000000:0000 0A 00000000:00000000 00:00000000 00000000  1000        0 22 1 0': 'listening 8080 here',
  '   1: 00000000:0050 00000000:0000 0A 00000000:00000000 00:00000000 00000000     0        0 23 1 0': 'listening 80',
  '   2: 0100007F:A001 0100007F:1538 01 00000000:00000000 00:00000000 00000000  1000        0 24 1 0': 'connected 40961 here 127.0.0.1:5432',
  '   3: 00000000000000000000000000000000:0BB8 00000000000000000000000000000000:0000 0A 00000000:00000000 00:00000000 00000000 0 0 25 1':
    'listening 3000',
  '   4: 00000000000000000000000001000000:0BB8 00000000000000000000000000000000:0000 0A 00000000:00000000 00:00000000 00000000 0 0 26 1':
    'listening 3000 here',
  '   5: 0000000000000000FFFF00000100007F:0BB8 0000000000000000FFFF00000100007F:C350 01 00000000:00000000 00:00000000 00000000 0 0 27 1':
    'connected 3000 here 127.0.0.1:50000',
  '   6: 0100007F:A001 0100007F:1538 06 00000000:00000000 00:00000000 00000000  1000        0 0 1 0': 'other 40961 here 127.0.0.1:5432',
};

describe('the sockets of processes', () => {
  for (const [line, expected] of Object.entries(LINES)) {
    it(expected, () => {
      const [socket] = parseSockets(`header\n${line}\n`);
      assert.ok(socket);
      assert.equal(
        [socket.state, socket.localPort, ...(socket.localOnly ? ['here'] : []), ...(socket.remote ? [socket.remote] : [])].join(' '),
        expected,
      );
    });
  }

  it('are read from what lsof writes', () => {
    const fields = [
      ...['p41', 'f18', 'n127.0.0.1:8080', 'TST=LISTEN', 'TQR=0', 'TQS=0', 'f19', 'n*:3000', 'TST=LISTEN', 'f20', 'n[::1]:3000', 'TST=LISTEN'],
      ...['p42', 'f9', 'n127.0.0.1:40961->127.0.0.1:5432', 'TST=ESTABLISHED', 'f10', 'n[::1]:40962->[::1]:5432', 'TST=CLOSE_WAIT', 'f11', 'n*:*'],
    ];
    const lines = parseLsof(`${fields.join('\n')}\n`).map(({ pid, state, localPort, localOnly, remote, remotePort }) =>
      [pid, state, localPort, ...(localOnly ? ['here'] : []), ...(remote ? [remote, remotePort] : [])].join(' '),
    );
    assert.deepEqual(lines, [
      '41 listening 8080 here',
      '41 listening 3000',
      '41 listening 3000 here',
      '42 connected 40961 here 127.0.0.1:5432 5432',
      '42 other 40962 here ::1:5432 5432',
    ]);
  });

  for (const [platform, program] of [
    ['linux', undefined],
    ['darwin', 'lsof'],
  ] as const)
    it(`are those that the system has, as ${program ?? '/proc'} tells`, async function () {
      if (program ? !findProgram(program, process.env) : process.platform !== 'linux') this.skip();
      const server = createServer().listen(0, '127.0.0.1');
      await once(server, 'listening');
      const { port } = server.address() as AddressInfo;
      const client = connect(port, '127.0.0.1');
      await once(client, 'connect');
      const found = await socketsOf([process.pid], platform);
      assert.ok(
        found.some(({ pid, state, localPort, localOnly }) => pid === process.pid && state === 'listening' && localPort === port && localOnly),
      );
      assert.ok(found.some(({ state, remote }) => state === 'connected' && remote === `127.0.0.1:${port}`));
      assert.deepEqual(await socketsOf([], platform), []);
      client.destroy();
      server.close();
    });

  it('are told by nothing on Windows', async () => assert.deepEqual(await socketsOf([process.pid], 'win32'), []));
});
