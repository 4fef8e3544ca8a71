import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { OLDEST_NODE, refusedNode } from './runtime.ts';

describe('the Node that the command line runs on', () => {
  for (const version of ['20.20.2', '22.14.9', '9.0.0']) it(`is not ${version}`, () => assert.match(refusedNode(version) ?? '', /needs Node 22\.15/));
  for (const version of ['22.15.0', '22.15.1', '24.0.0', '100.1.0']) it(`may be ${version}`, () => assert.equal(refusedNode(version), undefined));

  it('is what the manifest says', () => {
    const { engines } = JSON.parse(readFileSync(new URL('../package.json', import.meta.url), 'utf8')) as { engines: { node: string } };
    assert.equal(engines.node, `>=${OLDEST_NODE}`);
  });
});
