import assert from 'node:assert/strict';
import { once } from 'node:events';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { findEndpoint, isLoopback, problemOf, refusal } from './endpoint.ts';
import { PLAIN_REQUEST } from './model.ts';

const never = new AbortController().signal;
const HERE = ['localhost', 'LOCALHOST', 'app.localhost', '127.0.0.1', '127.9.9.9', '[::1]', '::1'];
const ELSEWHERE = ['example.org', '10.0.0.1', '192.168.1.1', '128.0.0.1', '127.0.0.1.example.org', 'localhost.example.org', '0.0.0.0', '::'];

describe('where load may go', () => {
  for (const host of HERE) it(`to ${host}`, () => assert.ok(isLoopback(host)));
  for (const host of ELSEWHERE) it(`not to ${host}`, () => assert.ok(!isLoopback(host)));

  it('to a host that was allowed, by http alone', () => {
    assert.equal(refusal('http://stage.example.org/', ['stage.example.org']), undefined);
    assert.match(refusal('http://stage.example.org/', []) ?? '', /stage\.example\.org is allowed by the setting/);
    assert.match(refusal('ftp://localhost/', []) ?? '', /http and https only/);
    assert.match(refusal('nonsense', []) ?? '', /is no address/);
  });
});

describe('the place that is asked', () => {
  let server: Server;
  let base: string;
  /** What the app answers, by path: a status, a status and where it points to, or a body. */
  let answers: Record<string, number | [number, string] | object>;

  beforeEach(async () => {
    method = PLAIN_REQUEST.method;
    server = createServer((request, response) => {
      const answer = answers[request.url ?? ''] ?? 404;
      if (typeof answer === 'number') response.writeHead(answer).end();
      else if (Array.isArray(answer)) response.writeHead(answer[0] as number, { location: answer[1] as string }).end();
      else response.end(JSON.stringify(answer));
    }).listen(0, '127.0.0.1');
    await once(server, 'listening');
    base = `http://127.0.0.1:${(server.address() as AddressInfo).port}/`;
  });
  afterEach(() => server.close());

  let method = PLAIN_REQUEST.method;
  const found = async (...routes: string[]) => {
    const endpoint = await findEndpoint(
      base,
      routes.map((route) => ({ method: route.split(' ')[0] ?? '', path: route.split(' ')[1] ?? '' })),
      [],
      never,
      { ...PLAIN_REQUEST, method },
    );
    return endpoint && new URL(endpoint.url).pathname;
  };

  it('is a route that the app describes, before those of its sources', async () => {
    const parameters = [{ required: true }];
    answers = {
      '/openapi.json': { paths: { '/items/{id}': { get: {} }, '/search': { get: { parameters } }, '/items': { get: {}, post: {} } } },
      '/items': 200,
      '/other': 200,
    };
    assert.equal(await found('GET /other'), '/items');
  });

  it('is a route for the method that is asked for', async () => {
    method = 'POST';
    answers = { '/openapi.json': { paths: { '/items': { get: {} }, '/orders': { post: {} } } }, '/items': 200, '/orders': 200 };
    assert.equal(await found(), '/orders');
  });

  it('is the first GET route without parameters that answers well', async () => {
    answers = { '/': 200, '/broken': 500, '/private': 401, '/list': 200 };
    assert.equal(await found('POST /make', 'GET /users/:id', 'GET /broken', 'GET /private', 'GET /list'), '/list');
  });

  it('is the root before a route for health', async () => {
    answers = { '/': 200, '/health': 200 };
    assert.equal(await found('GET /health'), '/');
    answers = { '/health': 200 };
    assert.equal(await found('GET /health'), '/health');
  });

  it('is none where nothing answers well', async () => {
    answers = { '/': 500 };
    assert.equal(await found('GET /a'), undefined);
  });

  it('is none that points to another host', async () => {
    answers = { '/': [302, 'https://example.org/'], '/here': [301, '/there'] };
    assert.match((await problemOf(base, [], never)) ?? '', /points to another host, example\.org/);
    assert.match((await problemOf(new URL('here', base).href, [], never)) ?? '', /only points to \/there/);
    assert.equal(await found(), undefined);
  });
});
