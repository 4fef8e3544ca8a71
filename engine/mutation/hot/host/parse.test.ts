import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import generate from '@babel/generator';
import { Instrumenter } from '@stryker-mutator/instrumenter';
import { instrumenter, silentLogger } from '../../../../test/support/instrumenter.ts';
import { instrument } from './instrument.ts';
import { type Ast, createParser } from './parse.ts';

const HERE = fileURLToPath(new URL('.', import.meta.url));
const OPTIONS = { plugins: null, ignorers: [], excludedMutations: [], noHeader: true };

/** Texts that StrykerJS finds mutants in, by file name. */
const TEXTS: Record<string, string> = {
  'jsx in JavaScript.js': 'export const A = ({ on }) => <b title="x">{on ? 1 : 2}</b>;\n',
  'jsx in TypeScript.tsx': 'export const A = <T,>({ on }: { on: T }) => <b title="x">{on ? 1 : 2}</b>;\n',
  'generics that are no JSX.ts': 'export const same = <T>(one: T) => one ?? <unknown>"none";\n',
  'decorators.ts': '@sealed class A { @log() run(@arg b: number) { return b > 1; } }\n',
  'decorators.js': '@sealed class A { @log() run(b) { return b > 1; } }\n',
  'a resource.ts': 'export function f() { using a = open(); return a || "none"; }\n',
  'a proposal.js': 'export const f = (a) => do { if (a) { "yes" } else { "no" } };\n',
  'CommonJS.cjs': '"use strict";\nexports.f = (a) => (a ? "yes" : "no");\n',
};

describe('the parser of what is mutated', () => {
  for (const [name, text] of Object.entries(TEXTS)) it(`leads to StrykerJS's own mutants: ${name}`, () => compare(path.join(HERE, name), text));

  for (const name of readdirSync(HERE).filter((one) => one.endsWith('.ts'))) {
    it(`leads to StrykerJS's own mutants: ${name}`, () => compare(path.join(HERE, name), readFileSync(path.join(HERE, name), 'utf8')));
  }

  it('says what is wrong with a text', async () => {
    const file = path.join(HERE, 'broken.ts');
    const { broken, mutants } = await instrument([{ file }], [], new Map([[file, 'export const a = ;\n']]), '1');
    assert.match(broken.get(file)?.message ?? '', /Unexpected token \(1:17\)/);
    assert.deepEqual(mutants, []);
  });
});

async function compare(file: string, text: string): Promise<void> {
  const input = { name: file, content: text, mutate: true };
  const theirs = await instrumenter.instrument([input], OPTIONS);
  const parsedByUs = await new Instrumenter(silentLogger(), createParser as never, print as never).instrument([input], OPTIONS);
  assert.equal(parsedByUs.files[0]?.content, theirs.files[0]?.content);
  const ours = await instrument([{ file }], [], new Map([[file, text]]), '1');
  assert.deepEqual(ours.mutants, theirs.mutants);
}

const print = ({ root, rawContent }: Ast) => generate(root, {}, rawContent).code;
