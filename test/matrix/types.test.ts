import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { assay } from '../support/assay.ts';
import { write } from '../support/workspaces.ts';
import { project } from './project.ts';

const FILES = {
  'package.json': '{ "type": "module", "scripts": { "test": "mocha --import=./loader.mjs test/*.ts" } }',
  'tsconfig.json': '{ "compilerOptions": { "module": "nodenext", "target": "es2022", "strict": true, "types": [] } }',
  'loader.mjs': "import { register } from 'node:module';\nregister('ts-node/esm', import.meta.url);\n",
  'src/label.ts': `export function label(kind: 'a' | 'b'): string {
  if (kind === 'a') return 'first';
  return kind === 'b' ? 'second' : 'third';
}
export function part(text: string): { text?: { length: number } } {
  return text.length > 3 ? { text: { length: text.length } } : {};
}
`,
  'test/label.ts': `import assert from 'assert';
import { label, part } from '../src/label.js';
// The types of Mocha are not installed.
declare const it: (title: string, test: () => void) => void;
it('is labelled', () => {
  assert.equal(label('a'), 'first');
  assert.equal(label('b'), 'second');
  assert.ok(part('abc'));
});
`,
};

describe('the types of a project', () => {
  it('decide which tests are offered', async () => {
    const directory = project('mocha', ['typescript@5', 'ts-node@10', 'mocha@11']);
    for (const [name, text] of Object.entries(FILES)) write(directory, name, text);
    const { status, err } = await assay(directory, ['strengthen', 'src/label.ts', '--json', 'found.json']);
    assert.equal(status, 0, err);
    const { tests, left } = JSON.parse(readFileSync(path.join(directory, 'found.json'), 'utf8')) as {
      tests: { text: string }[];
      left: { kind: string; why: string }[];
    };
    assert.ok(tests.length > 0, err);
    for (const { text } of tests) assert.doesNotMatch(text, /label\((?!'[ab]'\))/);
    assert.ok(
      left.some(
        ({ kind, why }) => kind === 'not-proved' && /TypeScript: Argument of type '.*' is not assignable to parameter of type '"a" \| "b"'/.test(why),
      ),
      JSON.stringify(left),
    );
  });
});
