import assert from 'node:assert/strict';
import type { NotUseful } from '../../workspace/index.ts';
import { matchingPattern, notUsefulPattern, withPattern } from './not-useful.ts';

const MUTANT = { mutator: 'StringLiteral', original: "'px'", replacement: '""' };
const LONG = { mutator: 'BlockStatement', original: `{\n  f();\n${'  g();\n'.repeat(40)}}`, replacement: '{}' };

/** Patterns by whether they speak of {@link MUTANT} in src/a.ts. */
const PATTERNS: Record<string, [pattern: NotUseful, fits: boolean]> = {
  'mutator and code': [{ mutator: 'StringLiteral', original: "'px'" }, true],
  'another mutator': [{ mutator: 'Regex', original: "'px'" }, false],
  'another code': [{ mutator: 'StringLiteral', original: "'em'" }, false],
  'the beginning of the code': [{ mutator: 'StringLiteral', original: "'p…" }, true],
  'another replacement': [{ mutator: 'StringLiteral', original: "'px'", replacement: '"x"' }, false],
  'the file': [{ mutator: 'StringLiteral', original: "'px'", file: 'src/a.ts' }, true],
  'a folder': [{ mutator: 'StringLiteral', original: "'px'", file: 'src/**' }, true],
  'another folder': [{ mutator: 'StringLiteral', original: "'px'", file: 'lib/**' }, false],
};

describe('patterns of mutants that are not useful', () => {
  for (const [name, [pattern, fits]] of Object.entries(PATTERNS)) {
    it(`${fits ? 'fit' : 'do not fit'}: ${name}`, () => assert.equal(matchingPattern(MUTANT, 'src/a.ts', [pattern]), fits ? pattern : undefined));
  }

  it('fit the mutant that they were made of, in its file', () => {
    for (const mutant of [MUTANT, LONG]) {
      const pattern = notUsefulPattern(mutant, 'src/[id].ts');
      assert.ok(pattern.original.length <= 101);
      assert.equal(matchingPattern(mutant, 'src/[id].ts', [pattern]), pattern);
      assert.equal(matchingPattern(mutant, 'src/b.ts', [pattern]), undefined);
      assert.equal(matchingPattern({ ...mutant, replacement: 'x' }, 'src/[id].ts', [pattern]), undefined);
    }
  });

  const pattern: NotUseful = { mutator: 'Regex', original: '/a/' };
  const entry = (indent: string) =>
    `{\n${indent}"mutation": {\n${indent}${indent}"notUseful": [\n${indent.repeat(3)}{\n${indent.repeat(4)}"mutator": "Regex",\n${indent.repeat(4)}"original": "/a/"\n${indent.repeat(3)}}\n${indent.repeat(2)}]\n${indent}}\n}\n`;

  it('come into a file that is not there yet, or empty', () => {
    assert.equal(withPattern(undefined, pattern), entry('  '));
    assert.equal(withPattern('\n', pattern), entry('  '));
  });

  it('come behind what is there, in its indentation', () => {
    assert.equal(withPattern('{\n\t"mutation": {}\n}\n', pattern), entry('\t'));
    const twice = JSON.parse(withPattern(entry('  '), { ...pattern, file: 'a.js' }) ?? '');
    assert.deepEqual(twice.mutation.notUseful, [pattern, { ...pattern, file: 'a.js' }]);
  });

  it('do not come into what is no JSON', () => assert.equal(withPattern('{ // why\n}', pattern), undefined));
});
