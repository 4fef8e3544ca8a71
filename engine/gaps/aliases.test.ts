import assert from 'node:assert/strict';
import { aliasesOf } from './aliases.ts';

const TSCONFIG = `{
  // "paths": { "~/*": ["./wrong/*"] },
  "compilerOptions": {
    "paths": {
      "@/*": ["./src/*", "./generated/*"], /* two of them */
      "config": ["./src/config.ts"],
      "@lib/*.js": ["./lib/*.ts"],
    },
  },
}`;

/** Configurations, a specifier, and what it may stand for. */
const CASES: Record<string, [tsconfig: string | undefined, manifest: Record<string, unknown>, specifier: string, expected: string[]]> = {
  'a pattern': [TSCONFIG, {}, '@/cart/add', ['src/cart/add', 'generated/cart/add']],
  'a name': [TSCONFIG, {}, 'config', ['src/config.ts']],
  'a pattern with an end': [TSCONFIG, {}, '@lib/a.js', ['lib/a.ts']],
  'a package': [TSCONFIG, {}, 'express', []],
  'what is commented out': [TSCONFIG, {}, '~/a', []],
  'a base': ['{ "compilerOptions": { "baseUrl": "src" } }', {}, 'cart/add', ['src/cart/add']],
  'a base with a pattern': ['{ "compilerOptions": { "baseUrl": "./src", "paths": { "@/*": ["*"] } } }', {}, '@/a', ['src/a', 'src/@/a']],
  'imports of a manifest': [undefined, { imports: { '#lib/*': './src/lib/*', '#fs': { node: './a.js' } } }, '#lib/a.js', ['src/lib/a.js']],
  'no JSON': ['{ "compilerOptions": ', {}, '@/a', []],
  'another shape': ['{ "compilerOptions": { "paths": { "a": "b", "c": [1] }, "baseUrl": 1 } }', {}, 'a', []],
};

describe('what specifiers stand for', () => {
  for (const [title, [tsconfig, manifest, specifier, expected]] of Object.entries(CASES))
    it(title, () => assert.deepEqual(aliasesOf(tsconfig, manifest)(specifier), expected));
});
