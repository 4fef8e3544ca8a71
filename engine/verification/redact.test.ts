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
  ['redis://:hunter22@localhost:6379', 'redis://:•••@localhost:6379'],
  ['PGPASSWORD=hunter22 psql', 'PGPASSWORD=••• psql'],
  ['first line of many lines', '••• of many lines'],
  // What only looks alike stays.
  ['expected token: ";" but found "}"', 'expected token: ";" but found "}"'],
  ['✓ refuses a wrong password (3 ms)', '✓ refuses a wrong password (3 ms)'],
  ['src/token.ts:3:5 - error TS2322', 'src/token.ts:3:5 - error TS2322'],
  ['see https://example.org:8080/a@b', 'see https://example.org:8080/a@b'],
  ['short value abc', 'short value abc'],
];

describe('taking secrets out of a log', () => {
  const redactor = new Redactor({
    MY_SECRET: 's3cr3t-of-the-environment',
    X_TOKEN: 'abc',
    SHOP_KEY: 'first line\nsecond line',
    PWD: 'short value',
    HOME: '/root/long',
  });
  for (const [said, kept] of CASES) it(kept, () => assert.equal(redactor.line(said), kept));

  it('every text of a value', () => {
    assert.deepEqual(redactor.deep({ message: 'password=hunter22', deep: [{ actual: 's3cr3t-of-the-environment', line: 3 }], none: null }), {
      message: 'password=•••',
      deep: [{ actual: '•••', line: 3 }],
      none: null,
    });
  });

  it('a private key in one text', () => {
    assert.equal(redactor.text('a -----BEGIN PRIVATE KEY-----\nMIIabc\n-----END PRIVATE KEY----- b'), 'a ••• b');
  });

  it('no more than the key where its end is missing', () => {
    const lines = ['expected -----BEGIN PRIVATE KEY-----', 'MIIabc', '3 tests passed', 'done now'];
    assert.deepEqual(
      lines.map((line) => redactor.line(line)),
      ['expected •••', '•••', '3 tests passed', 'done now'],
    );
  });

  it('in time that grows with the length of a line', () => {
    const line = 'a.b-'.repeat(500_000);
    assert.equal(redactor.line(line), line);
  });

  it('a private key over several lines', () => {
    const lines = ['key: -----BEGIN RSA PRIVATE KEY-----', 'MIIabc', 'def', '-----END RSA PRIVATE KEY-----', 'after'];
    assert.deepEqual(
      lines.map((line) => redactor.line(line)),
      ['key: •••', '•••', '•••', '•••', 'after'],
    );
  });
});
