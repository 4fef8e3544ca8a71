import assert from 'node:assert/strict';
import { entrySources } from './entries.ts';

/** A manifest, the sources that are there, and those behind its entry points. */
const CASES: Record<string, [manifest: Record<string, unknown>, sources: string[], expected: string[]]> = {
  'source itself': [{ main: './lib/index.js' }, ['lib/index.js', 'lib/other.js'], ['lib/index.js']],
  'without an ending': [{ main: 'lib' }, ['lib/index.js'], ['lib/index.js']],
  'no entry at all': [{}, ['index.js', 'lib/a.js'], ['index.js']],
  'built from src': [{ main: 'dist/index.js', module: 'dist/index.mjs' }, ['src/index.ts', 'src/a.ts'], ['src/index.ts']],
  'built into folders for kinds of modules': [{ main: 'dist/cjs/sub/a.cjs' }, ['src/sub/a.ts', 'src/a.ts'], ['src/sub/a.ts']],
  'a bundle with a name of its own': [{ main: 'dist/shop.umd.js' }, ['src/index.ts'], ['src/index.ts']],
  'conditions, and no types': [
    { exports: { '.': { types: './dist/types.d.ts', import: './dist/index.js' }, './cart': { default: './dist/cart.js' } } },
    ['src/index.ts', 'src/cart.ts', 'src/types.ts'],
    ['src/index.ts', 'src/cart.ts'],
  ],
  'a pattern': [{ exports: { './*': './dist/*.js' } }, ['src/a.ts', 'src/b.ts', 'other/c.ts'], ['src/a.ts', 'src/b.ts']],
  programs: [{ bin: { shop: './bin/shop.js' } }, ['bin/shop.js'], ['bin/shop.js']],
  'other files': [{ exports: { './package.json': './package.json', './style': './dist/style.css' } }, ['src/index.ts'], []],
};

describe('the source behind entry points', () => {
  for (const [title, [manifest, sources, expected]] of Object.entries(CASES))
    it(title, () => assert.deepEqual(entrySources(manifest, sources), expected));
});
