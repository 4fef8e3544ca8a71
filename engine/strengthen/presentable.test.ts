import assert from 'node:assert/strict';
import { encode, OF_RESULTS } from './literals.ts';
import { isPresentable, looksSecret, withoutSecrets } from './presentable.ts';

/** Texts, and what stands in a test instead. */
const TEXTS: [text: string, instead: string][] = [
  ['hello world', 'hello world'],
  ['jane.doe@mail.company.io', 'user@example.com'],
  ['write to jane@company.io, please', 'write to user@example.com, please'],
  ['me@example.com', 'me@example.com'],
  ['a@b.test', 'a@b.test'],
  ['git@localhost', 'git@localhost'],
  [`sk_${'live'}_4eC39HqLyjWDarjtT1zdp7dc`, 'secret'],
  [`ghp_${'16C7e42F292c6912E7710c838347Ae178B4a'}`, 'secret'],
  [`AKIA${'IOSFODNN7EXAMPLE'}`, 'secret'],
  [`Bearer ${'abcdefghijklmnopqrst'}`, 'Bearer secret'],
  [`eyJ${'hbGciOiJIUzI1NiJ9'}.eyJzdWIiOiIxMjM0In0.c2lnbmF0dXJl`, 'secret'],
  [`key=${'x7Kq2Lm9Pz4Rt6Wv8Yb1Nc3D'}!`, 'key=secret!'],
  ['getModeForResolutionAtIndex2', 'getModeForResolutionAtIndex2'],
  ['https://example.com/path/to/SomePage42/and-more', 'https://example.com/path/to/SomePage42/and-more'],
  ['d41d8cd98f00b204e9800998ecf8427e', 'd41d8cd98f00b204e9800998ecf8427e'],
];

describe('what may be written into a test', () => {
  for (const [text, instead] of TEXTS) {
    it(`${text.slice(0, 24)} becomes ${instead.slice(0, 24)}`, () => {
      assert.equal(withoutSecrets(text), instead);
      assert.equal(looksSecret(text), text !== instead);
      assert.equal(isPresentable({ $: 'array', items: [text] }), text === instead);
    });
  }

  it('has stand-ins for what properties say is private', () => {
    const given = encode({ user: 'a', password: 'open sesame', nested: [{ apiKey: '12345678', token: 'identifier' }] }, OF_RESULTS);
    assert.deepEqual(
      withoutSecrets(given),
      encode({ user: 'a', password: 'secret', nested: [{ apiKey: 'secret', token: 'identifier' }] }, OF_RESULTS),
    );
  });

  it('is nothing that is only so on this machine', () => {
    assert.equal(isPresentable(`${process.cwd()}/file.ts`), false);
    assert.equal(isPresentable({ $: 'error', name: 'Error', message: `no ${process.cwd()}/file.ts` }), false);
    assert.equal(isPresentable('/some/file.ts'), true);
  });
});
