import assert from 'node:assert/strict';
import { once } from 'node:events';
import { type AddressInfo, connect, createServer } from 'node:net';
import { parseSockets, socketsOf } from './sockets.ts';

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

  it('are those that the system has', async function () {
    if (process.platform !== 'linux') this.skip();
    const server = createServer().listen(0, '127.0.0.1');
    await once(server, 'listening');
    const { port } = server.address() as AddressInfo;
    const client = connect(port, '127.0.0.1');
    await once(client, 'connect');
    const found = await socketsOf([process.pid]);
    assert.ok(found.some(({ state, localPort, localOnly }) => state === 'listening' && localPort === port && localOnly));
    assert.ok(found.some(({ state, remote }) => state === 'connected' && remote === `127.0.0.1:${port}`));
    assert.deepEqual(await socketsOf([]), []);
    client.destroy();
    server.close();
  });
});
