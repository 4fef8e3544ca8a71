import assert from 'node:assert/strict';
import path from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { Anchors, type MutateEvent, type ResultBook, ResultBooks, type RunEvent, type Verdict, viewFile } from '../engine/mutation/index.ts';
import { SyntaxTree } from '../engine/syntax/index.ts';
import { emptyWorkspace, removeWorkspaces } from '../test/support/workspaces.ts';
import { SiftAhead } from './sift-ahead.ts';

const TEXT = 'export function f(a) { return a + 1 }\n';
const RUN = { startedAt: 1, durationMs: 0, executor: 'Assay', framework: 'mocha', node: '24', command: 'assay mutate', testsRun: 0, complete: false };
const books = new ResultBooks();

after(() => {
  books.close();
  removeWorkspaces();
});

/** A survivor in a file, in the book and as it is told. */
async function survivor(directory: string): Promise<{ book: ResultBook; told: RunEvent }> {
  const verdict: Verdict = {
    id: '1',
    file: path.join(directory, 'a.js'),
    range: { start: { line: 0, column: TEXT.indexOf('a + 1') }, end: { line: 0, column: TEXT.indexOf('a + 1') + 5 } },
    mutator: 'ArithmeticOperator',
    original: 'a + 1',
    replacement: 'a - 1',
    static: false,
    status: 'Survived',
    coveredBy: [],
    killedBy: [],
  };
  const book = books.of(directory);
  const recording = book.record('a', RUN);
  recording.add({ file: 'a.js', anchors: new Anchors(await SyntaxTree.parse('javascript', TEXT)) }, verdict);
  recording.flush();
  return { book, told: { kind: 'verdict', verdict } };
}

describe('what survivors are worth', () => {
  it('is found out while others are still judged', async () => {
    const directory = emptyWorkspace({ 'a.js': TEXT, 'package.json': '{}' });
    const { book, told } = await survivor(directory);
    const ahead = new SiftAhead(books);
    const { sifter } = await ahead.sifterOf(directory);
    const isKnown = async () => (await viewFile(book, 'a.js', sifter, 0))?.pending === false;
    assert.equal(await isKnown(), false);
    for (const event of [told, { kind: 'stored' } as const]) ahead.hear({ package: { directory }, event } as MutateEvent);
    for (let i = 0; i < 200 && !(await isKnown()); i++) await delay(10);
    assert.equal(await isKnown(), true);
  });

  it('is asked for by who reads the results of the sifter that found it out', async () => {
    const directory = emptyWorkspace({ 'package.json': '{}', 'assay.config.json': '{ "mutation": 1 }' });
    const ahead = new SiftAhead(books);
    const { sifter, failure } = await ahead.sifterOf(directory);
    assert.equal((await ahead.sifterOf(directory)).sifter, sifter);
    assert.match(failure?.message ?? '', /assay\.config\.json/);
  });
});
