import assert from 'node:assert/strict';
import dgram from 'node:dgram';
import { once } from 'node:events';
import fs, { writeFileSync } from 'node:fs';
import net from 'node:net';
import os from 'node:os';
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import { Claims } from './claims.ts';

/** None of whose names looks made up. */
const folder = path.join(os.tmpdir(), 'assay-claims-of-tests');
const at = (name: string) => path.join(folder, name);
const file = () => at('a.txt');
const listening = async (...to: unknown[]) => {
  const server = net.createServer();
  server.on('error', () => {});
  (server.listen as (...args: unknown[]) => void)(...to);
  await Promise.race([once(server, 'listening'), once(server, 'error')]);
  return server;
};

/** What is done, and what of it is taken: names in the folder, or ports. */
const CASES: Record<string, [done: () => unknown, taken: string[]]> = {
  'a file that is written': [() => fs.writeFileSync(file(), ''), ['a.txt']],
  'by its imported name': [() => writeFileSync(file(), ''), ['a.txt']],
  'as a URL': [() => fs.writeFileSync(pathToFileURL(file()), ''), ['a.txt']],
  'with a callback': [() => new Promise((resolve) => fs.appendFile(file(), '', resolve)), ['a.txt']],
  'with a promise': [() => fs.promises.writeFile(file(), ''), ['a.txt']],
  'by a stream': [() => once(fs.createWriteStream(file()).end(), 'close'), ['a.txt']],
  'that is opened to be written': [() => fs.closeSync(fs.openSync(file(), 'w')), ['a.txt']],
  'that is opened to be written, by flags': [() => fs.closeSync(fs.openSync(file(), fs.constants.O_RDWR | fs.constants.O_CREAT)), ['a.txt']],
  'that is made and removed': [() => fs.rmSync(file(), { force: true }), ['a.txt']],
  'that is moved': [() => [fs.writeFileSync(file(), ''), fs.renameSync(file(), at('b.txt'))], ['a.txt', 'b.txt']],
  'that is copied': [() => fs.copyFileSync(import.meta.filename, file()), ['a.txt']],
  'a folder that is made': [() => fs.mkdirSync(at('made'), { recursive: true }), ['made']],
  'nothing that is read': [
    () => [fs.readFileSync(import.meta.filename), fs.readdirSync(folder), fs.closeSync(fs.openSync(import.meta.filename, 'r'))],
    [],
  ],
  'nothing under a name that Node made up': [() => fs.writeFileSync(path.join(fs.mkdtempSync(at('own-')), 'a.txt'), ''), []],
  'nothing under a name of a time': [() => fs.writeFileSync(at(`a-${Date.now()}.txt`), ''), []],
  'nothing under a name that chance made': [() => fs.writeFileSync(at(`x${'k3j5h2l1m9'}`), ''), []],
  'nothing under a name of the process': [() => fs.writeFileSync(at(`a-${process.pid}.txt`), ''), []],
  'names with few numbers': [() => fs.writeFileSync(at('utf8-v2.txt'), ''), ['utf8-v2.txt']],
  'nothing in a cache': [() => [fs.mkdirSync(at('node_modules'), { recursive: true }), fs.writeFileSync(at('node_modules/a'), '')], []],
  'a port': [async () => (await listening(45_671)).close(), ['port 45671']],
  'a port in words': [async () => (await listening('45671')).close(), ['port 45671']],
  'a port among other things': [async () => (await listening({ port: 45_671, host: '127.0.0.1' })).close(), ['port 45671']],
  'no port of which the system chooses': [
    async () => [(await listening(0)).close(), (await listening()).close(), (await listening({ port: 0 })).close()],
    [],
  ],
  'no port that the system chose before': [
    async () => {
      const server = await listening(0);
      const { port } = server.address() as net.AddressInfo;
      server.close();
      (await listening(port)).close();
    },
    [],
  ],
  'a socket with a path': [async () => (await listening(at('s.sock'))).close(), ['s.sock']],
  'a socket with a path, among other things': [async () => (await listening({ path: at('s.sock') })).close(), ['s.sock']],
  'a port for datagrams': [
    async () => {
      const socket = dgram.createSocket('udp4');
      socket.bind(45_671);
      await once(socket, 'listening');
      socket.close();
    },
    ['port 45671'],
  ],
};

describe('what tests take of the machine', () => {
  beforeEach(() => {
    fs.mkdirSync(folder, { recursive: true });
  });
  afterEach(() => fs.rmSync(folder, { recursive: true, force: true }));

  for (const [title, [done, taken]] of Object.entries(CASES)) {
    it(`is ${title}`, async () => {
      const claims = new Claims();
      const told: string[] = [];
      claims.begin((port) => told.push(port));
      await done();
      const found = claims.end().map((claim) => (path.isAbsolute(claim) ? path.relative(folder, claim) : claim));
      assert.deepEqual(found, taken);
      assert.deepEqual(
        told,
        taken.filter((claim) => claim.startsWith('port')),
      );
    });
  }

  it('is not looked for outside of a run, and all is as it was', () => {
    const before = [fs.writeFileSync, fs.rename, fs.promises.open, net.Server.prototype.listen];
    const claims = new Claims();
    claims.begin(() => {});
    const kept = fs.writeFileSync;
    assert.notEqual(kept, before[0]);
    assert.deepEqual(claims.end(), []);
    kept(file(), '');
    assert.deepEqual([fs.writeFileSync, fs.rename, fs.promises.open, net.Server.prototype.listen], before);
    claims.begin(() => {});
    assert.deepEqual(claims.end(), []);
  });

  it('is seen whatever the folder of the project is called', () => {
    const cwd = process.cwd();
    const project = at('coverage/0123456789abcdef');
    fs.mkdirSync(project, { recursive: true });
    process.chdir(project);
    const claims = new Claims();
    claims.begin(() => {});
    fs.writeFileSync('a.txt', '');
    fs.writeFileSync(`${Date.now()}.txt`, '');
    const found = claims.end();
    process.chdir(cwd);
    assert.deepEqual(found, [path.join(project, 'a.txt')]);
  });

  it('leaves what tests put in the place of functions', () => {
    const original = fs.writeFileSync;
    const claims = new Claims();
    claims.begin(() => {});
    const theirs = () => {};
    fs.writeFileSync = theirs;
    claims.end();
    assert.equal(fs.writeFileSync, theirs);
    fs.writeFileSync = original;
  });
});
