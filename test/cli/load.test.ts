import assert from 'node:assert/strict';
import { readdirSync, readFileSync, statSync } from 'node:fs';
import path from 'node:path';
import { assay } from '../support/assay.ts';
import { assertGone } from '../support/processes.ts';
import { type ProvenRung, verify } from '../support/proofs.ts';
import { emptyWorkspace, removeWorkspaces, write } from '../support/workspaces.ts';

/** Serves as many requests at once as there are slots, each in 150 ms, says its pid, and does not want to end. */
const SERVER = `
const { createServer } = require('node:http');
const { writeFileSync } = require('node:fs');
process.on('SIGTERM', () => {});
writeFileSync('pid', String(process.pid));
let free = 4;
const waiting = [];
createServer(async (request, response) => {
  if (request.url === '/away') return response.writeHead(302, { location: 'http://example.org/' }).end();
  if (free > 0) free--;
  else await new Promise((resolve) => waiting.push(resolve));
  await new Promise((resolve) => setTimeout(resolve, 150));
  const next = waiting.shift();
  if (next) next();
  else free++;
  response.end('ok');
}).listen(process.env.PORT, '127.0.0.1');
`;

describe('assay verify --level load', () => {
  afterEach(removeWorkspaces);

  const project = (server = SERVER) =>
    emptyWorkspace({ 'package.json': JSON.stringify({ name: 'shop', version: '1.0.0', scripts: { start: 'node server.js' } }), 'server.js': server });
  const load = async (directory: string, ...options: string[]) => {
    const { status, rungs } = await verify(directory, '--level', 'load', '--only', ...options);
    return { status, proof: rungs['load'] as ProvenRung };
  };
  const gone = (directory: string) => assertGone([Number(readFileSync(path.join(directory, 'pid'), 'utf8'))]);

  it('does not hold one user that has to wait for too long', async () => {
    const directory = project();
    const { status, proof } = await load(directory, '--p95', '20');
    assert.deepEqual([status, proof.verdict, proof.load?.users], [1, 'fails', 0]);
    await gone(directory);
  });

  it('asks what the project declares, with variables that are let through, and keeps none of them', async () => {
    const directory = project(`
require('node:http').createServer(async (request, response) => {
  let body = '';
  for await (const chunk of request) body += chunk;
  const good = request.method === 'POST' && request.headers.authorization === 'Bearer ' + process.env.SHOP_KEY && JSON.parse(body).n === 1;
  setTimeout(() => response.writeHead(good ? 201 : 400).end(), 150);
}).listen(process.env.PORT, '127.0.0.1');`);
    const declared = { endpoint: '/orders', method: 'POST', headers: { authorization: 'Bearer $SHOP_KEY' }, body: '{"n":1}' };
    write(directory, 'assay.config.json', JSON.stringify({ verify: { environment: ['SHOP_KEY'], load: declared } }));
    const said = await assay(directory, ['verify', '--level', 'load', '--only', '--max-users', '2'], { SHOP_KEY: 'open-sesame-42' });
    assert.equal(said.status, 0, said.out + said.err);
    const evidence = path.join(directory, '.assay', 'evidence');
    let log = '';
    for (const file of readdirSync(evidence, { recursive: true, encoding: 'utf8' })) {
      const at = path.join(evidence, file);
      if (statSync(at).isFile()) assert.ok(!readFileSync(at, 'utf8').includes('open-sesame-42'), file);
      if (at.endsWith('output.log')) log = readFileSync(at, 'utf8');
    }
    assert.match(log, /Load goes to POST http:\/\/127\.0\.0\.1:\d+\/orders/);
  });

  it('puts no load on another host', async () => {
    const directory = project();
    const away = await load(directory, '--endpoint', '/away');
    assert.match(away.proof.notes.join(), /points to another host, example\.org/);
    await gone(directory);
    const other = await load(directory, '--endpoint', 'http://example.org/');
    assert.match(other.proof.notes.join(), /Load goes to this machine only/);
  });

  it('says so where the app does not start', async () => {
    const { status, proof } = await load(project('process.exit(1);'));
    assert.deepEqual([status, proof.verdict], [2, 'inconclusive']);
    assert.match(proof.notes.join(), /The app ended before it listened on any port/);
  });

  it('leaves nothing running when it is interrupted', async () => {
    const directory = project();
    const said = await assay(directory, ['verify', '--level', 'load', '--only'], {}, (pid) => {
      setTimeout(() => process.kill(pid, 'SIGINT'), 8000);
    });
    assert.equal(said.status, 130, said.out + said.err);
    await gone(directory);
  });
});
