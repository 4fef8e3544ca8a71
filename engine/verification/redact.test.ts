import assert from 'node:assert/strict';
import { Redactor } from './redact.ts';

/** What a command says, and what is kept of it; they are put together here so that no scanner takes them for real ones. */
const CASES: readonly [said: string, kept: string][] = [
  [`token ghp_${'a1B2'.repeat(9)} used`, 'token ••• used'],
  [`//host/:_authToken=npm_${'a1B2'.repeat(9)}`, '//host/:_authToken=•••'],
  [`AKIA${'ABCD'.repeat(4)}`, '•••'],
  ['connecting to postgres://app:hunter22@localhost/db', 'connecting to postgres://app:•••@localhost/db'],
  ['Authorization: Bearer abcdef123456', 'Authorization: Bearer •••'],
  ['{"authorization":"Basic dXNlcjpwYXNz"}', '{"authorization":"Basic •••"}'],
  ['password: hunter22, user: me', 'password: •••, user: me'],
  ['DB_PASSWORD=hunter22 npm test', 'DB_PASSWORD=••• npm test'],
  [`eyJhbGciOiJI.${'eyJzdWIiOiIx'}.abcdefghijk`, '•••'],
  ['the value is s3cr3t-of-the-environment.', 'the value is •••.'],
  // What only looks alike stays.
  ['expected token: ";" but found "}"', 'expected token: ";" but found "}"'],
  ['✓ refuses a wrong password (3 ms)', '✓ refuses a wrong password (3 ms)'],
  ['src/token.ts:3:5 - error TS2322', 'src/token.ts:3:5 - error TS2322'],
  ['see https://example.org:8080/a@b', 'see https://example.org:8080/a@b'],
  ['short value abc', 'short value abc'],
];

describe('taking secrets out of a log', () => {
  const redactor = new Redactor({ MY_SECRET: 's3cr3t-of-the-environment', X_TOKEN: 'abc', HOME: '/root/long' });
  for (const [said, kept] of CASES) it(kept, () => assert.equal(redactor.line(said), kept));

  it('a private key over several lines', () => {
    const lines = ['key: -----BEGIN RSA PRIVATE KEY-----', 'MIIabc', 'def', '-----END RSA PRIVATE KEY-----', 'after'];
    assert.deepEqual(
      lines.map((line) => redactor.line(line)),
      ['key: •••', '•••', '•••', '•••', 'after'],
    );
  });
});
