import assert from 'node:assert/strict';
import { emptyWorkspace, removeWorkspaces } from '../../test/support/workspaces.ts';
import { findGaps, type GapEvent } from './find-gaps.ts';

const FILES = {
  'package.json': '{ "main": "index.js" }',
  'index.js': "module.exports = require('./lib/cart');\n",
  'lib/cart.js': 'exports.add = (a, b) => a + b;\n',
  'assay.config.json': '{ "audit": { "criticalPaths": [{ "name": "sums", "functions": ["add"] }] } }',
};

describe('finding gaps', () => {
  after(removeWorkspaces);

  it('needs neither results nor a history, and tells what it is at', async () => {
    const events: GapEvent[] = [];
    const directory = emptyWorkspace(FILES, 'gaps');
    const found = await findGaps(
      { directory, book: undefined, audited: [] },
      { signal: new AbortController().signal, report: (event) => events.push(event) },
    );
    assert.ok(found.ok);
    assert.equal(found.value.history, undefined);
    assert.deepEqual(
      found.value.gaps.map(({ name, origin, risk, signals }) => [name, origin, risk, signals]),
      [
        ['sums', 'declared', 'unknown', undefined],
        ['lib/cart.js', 'found', 'unknown', { exported: true, fanIn: 1, functions: 1 }],
      ],
    );
    assert.deepEqual(
      events.map(({ done, of }) => `${done}/${of}`),
      ['0/4', '1/4', '2/4', '3/4'],
    );
  });

  it('follows imports by the names that tsconfig.json gives to folders', async () => {
    const directory = emptyWorkspace(
      {
        'package.json': '{ "main": "src/index.ts" }',
        'tsconfig.json': '{ "compilerOptions": { "paths": { "@/*": ["./src/*"] } } }',
        'src/index.ts': "export { add } from '@/cart';\n",
        'src/cart.ts': 'export const add = (a: number) => a + 1;\n',
      },
      'gaps',
    );
    const found = await findGaps({ directory, book: undefined, audited: [] }, { signal: new AbortController().signal, report: () => {} });
    assert.deepEqual(found.ok && found.value.gaps.map(({ name, signals }) => [name, signals?.exported]), [['src/cart.ts', true]]);
  });

  it('ends early when it is cancelled', async () => {
    const found = await findGaps(
      { directory: emptyWorkspace(FILES, 'gaps'), book: undefined, audited: [] },
      { signal: AbortSignal.abort(), report: () => {} },
    );
    assert.ok(found.ok && found.value.gaps.every(({ risk }) => risk === 'unknown'));
  });

  it('fails where the configuration cannot be used', async () => {
    const directory = emptyWorkspace({ 'assay.config.json': '{ "audit": { "criticalPaths": {} } }' }, 'gaps');
    const found = await findGaps({ directory, book: undefined, audited: [] }, { signal: new AbortController().signal, report: () => {} });
    assert.equal(found.ok || found.failure.code, 'invalid-config');
  });
});
