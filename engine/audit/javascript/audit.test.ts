import assert from 'node:assert/strict';
import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { bare, languageOf, type ScriptName, SyntaxTree } from '../../syntax/index.ts';
import { auditFile } from '../audit.ts';
import { marked, unmarked } from '../testing/marks.ts';
import { type ModuleReader, Script } from './index.ts';

const FIXTURES = fileURLToPath(new URL('fixtures/', import.meta.url));

/** A module that tests of the fixtures take helpers from. */
const HELPERS = `
import { expect } from 'vitest';
import { add } from '../src/index.js';
export function expectSum(a, b, sum) { expect(add(a, b)).toBe(sum); }
export class Tester { static check(a) { expect(add(a, a)).toBe(2 * a); } }
`;

/**
 * Each fixture carries its expectation: behind the first line of a test its strength (\`// 58\`), and below what is wrong the rule, under its characters
 * (\`//^^^ tautology\`). With UPDATE_FIXTURES=1 they are written anew.
 */
describe('what tests of JavaScript and TypeScript check', () => {
  for (const name of readdirSync(FIXTURES)) {
    it(`is as marked in ${name}`, async () => {
      const file = path.join(FIXTURES, name);
      const text = readFileSync(file, 'utf8');
      const found = await marksOf(unmarked(text), languageOf(name.replace('.fixture', '')) ?? 'typescript');
      if (process.env['UPDATE_FIXTURES']) writeFileSync(file, found);
      assert.equal(found, readFileSync(file, 'utf8'));
    });
  }
});

async function marksOf(text: string, language: ScriptName): Promise<string> {
  const tree = await SyntaxTree.parse(language, text);
  const helpers = await SyntaxTree.parse('javascript', HELPERS);
  const module = new Script(bare(helpers.tree, HELPERS), '/test/helpers.js');
  const read: ModuleReader = (specifier) => (specifier === './helpers.js' ? module : undefined);
  return marked(text, auditFile({ file: '/test/a.test.js', language, root: bare(tree.tree, text), read }), '//');
}
