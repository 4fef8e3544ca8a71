import assert from 'node:assert/strict';
import { rmSync } from 'node:fs';
import path from 'node:path';
import { assay } from '../support/assay.ts';
import { write } from '../support/workspaces.ts';
import { project } from './project.ts';

const FILES = {
  'package.json': '{ "scripts": { "test": "mocha" } }',
  'tsconfig.json': '{ "compilerOptions": { "module": "commonjs", "target": "es2022", "types": [] } }',
  // Whoever reads Mocha's configuration does not learn of ts-node.
  '.mocharc.json': '{ "require": ["./setup.js"], "extension": ["ts"], "spec": ["spec/*.ts"] }',
  'setup.js': "require('ts-node').register();\n",
  'src/sum.ts': 'export const sum = (a: number, b: number) => a + b;\n',
  // Of the types nothing is left, so that what runs has other lines.
  'spec/where.ts': `interface Place {
  stack: string;
}
interface Another {
  place: Place;
}
export const where = (): Place => ({
  stack: String(new Error('here').stack),
});
`,
  'spec/sum.ts': `import * as assert from 'assert';
import { sum } from '../src/sum';
import { where } from './where';
declare const it: (title: string, test: () => void) => void;
it('sums', () => assert.equal(sum(1, 2), 3));
it('knows its lines', () => assert.match(where().stack, /where\\.ts:8:/));
`,
};

/** What ts-node compiled in one run is there in the next. */
describe('a second run with ts-node', () => {
  it('finds the lines of what it did not compile', async () => {
    // Of no other test: what is configured here would be found there.
    const directory = project('mocha', ['typescript@5', 'ts-node@10.9', 'mocha@11']);
    rmSync(path.join(directory, 'test'), { recursive: true, force: true });
    for (const [name, text] of Object.entries(FILES)) write(directory, name, text);
    for (let run = 0; run < 2; run++) {
      rmSync(path.join(directory, '.assay', 'assay.db'), { force: true });
      const { status, err, out } = await assay(directory, ['mutate', 'src/sum.ts']);
      assert.equal(status, 0, err);
      assert.match(out, /2 mutants: 2 killed/);
      assert.match(out, /judged by Assay hot/);
      assert.doesNotMatch(`${out}${err}`, /just as configured/);
    }
  });
});
