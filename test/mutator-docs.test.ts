import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import { stripTypeScriptTypes } from 'node:module';
import type { Mutant } from '@stryker-mutator/api/core';
import { instrumenter, mutatorNames } from './support/instrumenter.ts';

/** Runs what docs/mutators/ says against the instrumenter itself: each example, each test that kills, each comment that ignores. */

const folder = new URL('../docs/mutators/', import.meta.url);
const pages = readdirSync(folder)
  .filter((file) => file.endsWith('.md') && file !== 'README.md')
  .map((file) => ({ name: file.slice(0, -'.md'.length), text: read(file) }));

describe('docs/mutators', () => {
  it('has a page for each mutator of the instrumenter, and no other', async () => {
    const names = (await mutatorNames()).sort();
    assert.deepEqual(pages.map(({ name }) => name).sort(), names);
    assert.deepEqual(
      [...read('README.md').matchAll(/^\| \[(\w+)\]\(\1\.md\)/gm)].map(([, name]) => name),
      names,
    );
  });

  it('shows comments that ignore what they stand before', async () => {
    const all = blocks(read('README.md'));
    assert.ok(all.length > 0);
    for (const code of all) {
      const statuses = (await mutantsOf(code)).map(({ status }) => status);
      assert.ok(statuses.length > 0 && statuses.every((status) => status === 'Ignored'), code);
    }
  });

  for (const { name, text } of pages) {
    describe(name, () => {
      it('is named in its heading', () => assert.equal(text.split('\n', 1)[0], `# ${name}`));

      const examples = rows(between(text, '<!-- examples -->', '<!-- /examples -->'));
      it('has examples', () => assert.ok(examples.length >= 3, `${examples.length} rows`));

      for (const [code, becomes] of examples) {
        it(`${code} becomes ${becomes}`, async () => {
          const results = (await mutantsOf(code, name)).map((mutant) => apply(mutant, code));
          assert.ok(
            results.some((result) => squeeze(result) === squeeze(becomes)),
            `The mutants are:\n${results.join('\n')}`,
          );
        });
      }

      it('has a mutant that the weak assertion overlooks and the test kills', async () => {
        const section = between(text, '## A test that kills it', '## When');
        const [subject, test] = blocks(section);
        const [, original, replacement, weak] = /^`(.+?)` becomes `(.+?)`\. `(.+?)` does not notice(?:: .+)?\. This test does:$/m.exec(section) ?? [];
        assert.ok(subject && test && original && replacement && weak, 'The section has another form.');
        const mutant = (await mutantsOf(subject, name)).find(
          (mutant) => squeeze(slice(mutant, subject)) === squeeze(original) && squeeze(mutant.replacement) === squeeze(replacement),
        );
        assert.ok(mutant, 'The instrumenter does not make this mutant.');
        const mutated = apply(mutant, subject);
        run(subject, weak);
        run(mutated, weak);
        run(subject, test);
        assert.throws(() => run(mutated, test));
      });

      it('shows a comment that ignores it', async () => {
        const code = blocks(between(text, '## When', undefined)).at(-1) ?? '';
        const reason = new RegExp(`// Stryker disable next-line ${name}: (.+)`).exec(code)?.[1];
        assert.ok(reason, 'There is no such comment.');
        const mutants = await mutantsOf(code, name);
        assert.ok(mutants.some(({ status, statusReason }) => status === 'Ignored' && statusReason === reason));
      });
    });
  }
});

function read(file: string): string {
  return readFileSync(new URL(file, folder), 'utf8').replaceAll('\r\n', '\n');
}

async function mutantsOf(content: string, mutator?: string): Promise<Mutant[]> {
  const options = { plugins: null, ignorers: [], excludedMutations: [], noHeader: true };
  const { mutants } = await instrumenter.instrument([{ name: 'example.ts', content, mutate: true }], options);
  return mutants.filter(({ mutatorName }) => mutator === undefined || mutatorName === mutator);
}

function apply(mutant: Mutant, code: string): string {
  const { start, end } = offsets(mutant, code);
  return code.slice(0, start) + mutant.replacement + code.slice(end);
}

function slice(mutant: Mutant, code: string): string {
  const { start, end } = offsets(mutant, code);
  return code.slice(start, end);
}

/** The instrumenter counts lines and columns from 0. */
function offsets({ location: { start, end } }: Mutant, code: string): { start: number; end: number } {
  const lines = code.split('\n');
  const offset = ({ line, column }: typeof start) => lines.slice(0, line).reduce((sum, { length }) => sum + length + 1, column);
  return { start: offset(start), end: offset(end) };
}

function squeeze(code: string): string {
  return code.replace(/\s+/g, '');
}

function between(text: string, start: string, end: string | undefined): string {
  const from = text.indexOf(start);
  const to = end === undefined ? text.length : text.indexOf(end, from);
  assert.ok(from >= 0 && to >= 0, `There is no ${start} … ${end}.`);
  return text.slice(from + start.length, to);
}

/** The two cells of each row of a table, as the code that they show. */
function rows(table: string): [string, string][] {
  return table
    .split('\n')
    .filter((line) => line.startsWith('|'))
    .slice(2)
    .map((line) => {
      const [code = '', becomes = '', ...rest] = line
        .split(/(?<!\\)\|/)
        .slice(1, -1)
        .map(inlineCode);
      assert.deepEqual(rest, []);
      return [code, becomes];
    });
}

function inlineCode(cell: string): string {
  const [, , , code] = /^(`+)( ?)(.+)\2\1$/.exec(cell.trim()) ?? [];
  assert.ok(code, `${cell} is not inline code.`);
  return code.replaceAll('\\|', '|');
}

function blocks(markdown: string): string[] {
  return [...markdown.matchAll(/^```ts\n(.*?)^```$/gms)].map(([, code = '']) => code);
}

/** Runs a test, or a bare assertion, after the code that it is about. */
function run(subject: string, test: string): void {
  new Function('test', 'expect', stripTypeScriptTypes(`${subject}\n${test}`))((_name: string, body: () => void) => body(), expect);
}

function expect(actual: unknown) {
  return {
    toBe: (expected: unknown) => assert.equal(actual, expected),
    toEqual: (expected: unknown) => assert.deepEqual(actual, expected),
    toContain: (item: unknown) => assert.ok((actual as unknown[]).includes(item)),
    toThrow: (type: new () => Error) => assert.throws(actual as () => void, type),
  };
}
