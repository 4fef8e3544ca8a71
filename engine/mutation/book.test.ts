import assert from 'node:assert/strict';
import { rmSync } from 'node:fs';
import { DatabaseSync } from 'node:sqlite';
import { emptyWorkspace, removeWorkspaces } from '../../test/support/workspaces.ts';
import { storeFile } from '../store/index.ts';
import { SyntaxTree } from '../syntax/index.ts';
import { Anchors } from './anchors.ts';
import { type RecordedFile, ResultBook } from './book.ts';
import { ResultBooks } from './books.ts';
import type { MutantStatus, TestCase, Verdict } from './model.ts';
import type { StoredRun } from './repository.ts';

const RUN: StoredRun = {
  startedAt: 1000,
  durationMs: 0,
  executor: 'StrykerJS 1',
  framework: 'mocha 11.0.0',
  node: '24.0.0',
  command: 'assay mutate a.js',
  testsRun: 0,
  complete: false,
};
const TESTS: TestCase[] = [
  { name: 'f adds', file: 'test/a.js', position: { line: 3, column: 2 }, durationMs: 1.5 },
  { name: 'f stops', durationMs: 0 },
];
const TEXT = 'function f(a) { return a + 1 }\nfunction g(a) { return a - 1 }\n';

async function recorded(text: string, file = 'a.js'): Promise<RecordedFile> {
  return { file, anchors: new Anchors(await SyntaxTree.parse('javascript', text)) };
}

/** A verdict on the first `code` in a text. */
function verdict(text: string, code: string, status: MutantStatus, more: Partial<Verdict> = {}): Verdict {
  const at = text.indexOf(code);
  const line = text.slice(0, at).split('\n').length - 1;
  const column = at - (text.lastIndexOf('\n', at) + 1);
  const range = { start: { line, column }, end: { line, column: column + code.length } };
  return {
    id: '1',
    file: '/a.js',
    range,
    mutator: 'M',
    original: code,
    replacement: 'x',
    static: false,
    status,
    coveredBy: [],
    killedBy: [],
    ...more,
  };
}

/** What a book knows of a file: `piece: code status, …`. */
function known(book: ResultBook, file = 'a.js'): string[] {
  return book
    .pieces(file)
    .map((piece) => `${piece.name}: ${[...piece.mutants.values()].map(({ original, status }) => `${original} ${status}`).join(', ')}`);
}

const opened: { close(): void }[] = [];

function open(directory: string): ResultBook {
  const book = new ResultBook(directory);
  opened.push(book);
  return book;
}

/** A package with a complete run over both functions. */
async function judged(): Promise<{ directory: string; book: ResultBook; file: RecordedFile }> {
  const directory = emptyWorkspace();
  const book = open(directory);
  const file = await recorded(TEXT);
  const recording = book.record('pkg', { ...RUN });
  recording.add(file, verdict(TEXT, 'a + 1', 'Killed'));
  recording.add(file, verdict(TEXT, 'a - 1', 'Survived'));
  recording.finish([file], true, 5);
  assert.equal(recording.failure, undefined);
  return { directory, book, file };
}

/** Lets the file behind a book grow to so many pages, or no further: then SQLite itself says that it is full. */
function limit(book: ResultBook, pages: number): void {
  const { prepare } = DatabaseSync.prototype;
  DatabaseSync.prototype.prepare = function (this: DatabaseSync, ...args) {
    prepare.call(this, `PRAGMA max_page_count = ${pages}`).get();
    return prepare.apply(this, args);
  };
  try {
    book.files();
  } finally {
    DatabaseSync.prototype.prepare = prepare;
  }
}

describe('the book of results', () => {
  afterEach(() => {
    for (const book of opened.splice(0)) book.close();
    removeWorkspaces();
  });

  it('keeps all of a verdict, its tests and its run', async () => {
    const directory = emptyWorkspace();
    const book = open(directory);
    const file = await recorded(TEXT);
    const recording = book.record('pkg', { ...RUN });
    recording.tests(TESTS);
    const more = { reason: 'expected 1', coveredBy: [0, 1], killedBy: [1], testsRun: 2, static: true };
    recording.add(file, verdict(TEXT, 'a + 1', 'Killed', more));
    recording.finish([file], true, 1234.5);

    const again = open(directory);
    assert.deepEqual(book.tests(), again.tests());
    const tests = [...again.tests().values()];
    assert.deepEqual(
      tests.map(({ id: _, ...test }) => test),
      [
        { name: 'f adds', file: 'test/a.js', position: { line: 3, column: 2 }, durationMs: 1.5 },
        { name: 'f stops', file: '', durationMs: 0 },
      ],
    );
    const [first, second] = tests.map(({ id }) => id);
    const [piece] = again.pieces('a.js');
    assert.deepEqual(
      [...(piece?.mutants.values() ?? [])],
      [
        {
          ...{ start: 23, end: 28, mutator: 'M', original: 'a + 1', replacement: 'x', static: true, status: 'Killed' },
          ...{ reason: 'expected 1', testsRun: 2, coveredBy: [first, second], killedBy: [second] },
        },
      ],
    );
    assert.equal(piece?.judgedAt, RUN.startedAt);
    assert.deepEqual(again.lastRun(), { ...RUN, packageName: 'pkg', durationMs: 1235, testsRun: 2, complete: true });
    assert.deepEqual(again.files(), ['a.js']);
    assert.deepEqual(book.pieces('a.js'), again.pieces('a.js'));
  });

  it('knows a verdict at once, stores it with the next flush, and another window then sees it', async () => {
    const directory = emptyWorkspace();
    const [book, other] = [open(directory), open(directory)];
    const file = await recorded(TEXT);
    const recording = book.record('pkg', { ...RUN });
    recording.add(file, verdict(TEXT, 'a + 1', 'Killed'));
    assert.deepEqual([known(book), known(other), book.files(), other.files()], [['f: a + 1 Killed'], [], ['a.js'], []]);
    recording.flush();
    assert.deepEqual([known(book), known(other), other.files()], [['f: a + 1 Killed'], ['f: a + 1 Killed'], ['a.js']]);
    recording.add(file, verdict(TEXT, 'a + 1', 'Survived'));
    recording.flush();
    assert.deepEqual(known(other), ['f: a + 1 Survived']);
  });

  it('keeps verdicts that are not stored yet when another window writes', async () => {
    const directory = emptyWorkspace();
    const [book, other] = [open(directory), open(directory)];
    const file = await recorded(TEXT);
    const recording = book.record('pkg', { ...RUN });
    recording.add(file, verdict(TEXT, 'a + 1', 'Killed'));
    const theirs = other.record('pkg', { ...RUN });
    theirs.add(await recorded(TEXT, 'b.js'), verdict(TEXT, 'a - 1', 'Survived'));
    theirs.flush();
    assert.deepEqual(known(book, 'b.js'), ['g: a - 1 Survived']);
    recording.flush();
    assert.deepEqual(known(book), ['f: a + 1 Killed']);
    recording.add(file, verdict(TEXT, 'a - 1', 'Killed'));
    recording.finish([file], true, 1);
    assert.deepEqual(
      [known(book), known(open(directory))],
      [
        ['f: a + 1 Killed', 'g: a - 1 Killed'],
        ['f: a + 1 Killed', 'g: a - 1 Killed'],
      ],
    );
  });

  it('forgets after a complete run what was not met again', async () => {
    const { directory, book } = await judged();
    const text = TEXT.replace('a + 1', 'a * 1');
    const file = await recorded(text);
    const recording = book.record('pkg', { ...RUN, startedAt: 2000 });
    recording.add(file, verdict(text, 'a * 1', 'Killed'));
    recording.finish([file], true, 1);
    assert.deepEqual([known(book), known(open(directory))], [['f: a * 1 Killed'], ['f: a * 1 Killed']]);
    assert.equal(book.pieces('a.js')[0]?.judgedAt, 2000);
  });

  it('keeps after a cancelled run what came, and what was known before', async () => {
    const { directory, book, file } = await judged();
    const recording = book.record('pkg', { ...RUN, startedAt: 2000 });
    recording.add(file, verdict(TEXT, 'a + 1', 'Survived'));
    recording.finish([file], false, 1);
    for (const one of [book, open(directory)]) {
      assert.deepEqual(known(one), ['f: a + 1 Survived', 'g: a - 1 Survived']);
      assert.equal(one.lastRun()?.complete, false);
    }
  });

  it('forgets after a complete run on a function only what belongs to that function', async () => {
    const { directory, book } = await judged();
    const text = TEXT.replace('a + 1', 'a * 1');
    const file: RecordedFile = { ...(await recorded(text)), ranges: [{ start: { line: 0, column: 0 }, end: { line: 0, column: 30 } }] };
    const recording = book.record('pkg', { ...RUN });
    recording.add(file, verdict(text, 'a * 1', 'Killed'));
    recording.finish([file], true, 1);
    for (const one of [book, open(directory)]) assert.deepEqual(known(one), ['g: a - 1 Survived', 'f: a * 1 Killed']);
  });

  it('keeps in a quick scan what was judged before, and its time, and takes the verdicts anew that it meets', async () => {
    const { directory, book, file } = await judged();
    const recording = book.record('pkg', { ...RUN, startedAt: 2000 }, true);
    recording.add(file, verdict(TEXT, 'a + 1', 'Survived'));
    recording.add(file, verdict(TEXT, '{ return a + 1 }', 'Killed'));
    recording.finish([file], true, 1);
    for (const one of [book, open(directory)]) {
      assert.deepEqual(
        known(one)
          .join('; ')
          .split(/[:,;] /)
          .sort(),
        ['a + 1 Survived', 'a - 1 Survived', 'f', 'g', '{ return a + 1 } Killed'],
      );
      assert.deepEqual(
        one.pieces('a.js').map(({ judgedAt, scanned }) => [judgedAt, scanned]),
        [
          [1000, false],
          [1000, false],
        ],
      );
    }
  });

  it('remembers what only a quick scan has judged, until a run judges it', async () => {
    const directory = emptyWorkspace();
    const book = open(directory);
    const file = await recorded(TEXT);
    const scan = (startedAt: number) => {
      const recording = book.record('pkg', { ...RUN, startedAt }, true);
      for (const body of ['{ return a + 1 }', '{ return a - 1 }']) recording.add(file, verdict(TEXT, body, 'Survived'));
      recording.finish([file], true, 1);
    };
    const scanned = () => [book, open(directory)].map((one) => one.pieces('a.js').map((piece) => [piece.judgedAt, piece.scanned]));
    const twice = <T>(of: T) => [of, of];
    scan(1000);
    assert.deepEqual(scanned(), twice(twice([1000, true])));
    scan(2000);
    assert.deepEqual(scanned(), twice(twice([2000, true])));
    const recording = book.record('pkg', { ...RUN, startedAt: 3000 });
    recording.add(file, verdict(TEXT, 'a + 1', 'Killed'));
    recording.finish([file], false, 1);
    assert.deepEqual(
      scanned(),
      twice([
        [3000, false],
        [2000, true],
      ]),
    );
    scan(4000);
    assert.deepEqual(
      scanned(),
      twice([
        [3000, false],
        [4000, true],
      ]),
    );
  });

  it('keeps the results of files that a run was not asked to judge', async () => {
    const { directory, book } = await judged();
    const file = await recorded(TEXT, 'b.js');
    book.record('pkg', { ...RUN }).finish([file], true, 1);
    for (const one of [book, open(directory)]) assert.deepEqual([known(one).length, known(one, 'b.js').length], [2, 0]);
  });

  it('leaves out what stands in no piece', async () => {
    const book = open(emptyWorkspace());
    const text = '// a comment\nimport a from "a";\n';
    const file = await recorded(text);
    const recording = book.record('pkg', { ...RUN });
    recording.add(file, verdict(text, '"a"', 'Killed'));
    recording.finish([file], true, 1);
    assert.deepEqual([book.files(), recording.failure], [[], undefined]);
  });

  it('forgets everything when it is cleared, here and in another window', async () => {
    const { directory, book } = await judged();
    const other = open(directory);
    assert.deepEqual(other.files(), ['a.js']);
    book.clear();
    for (const one of [book, other, open(directory)]) assert.deepEqual([one.files(), one.lastRun(), one.tests().size], [[], undefined, 0]);
  });

  it('records on when it is cleared during a run', async () => {
    const { directory, book, file } = await judged();
    const recording = book.record('pkg', { ...RUN });
    recording.tests(TESTS);
    recording.add(file, verdict(TEXT, 'a + 1', 'Killed'));
    recording.flush();
    open(directory).clear();
    recording.add(file, verdict(TEXT, 'a - 1', 'Killed', { coveredBy: [0] }));
    recording.finish([file], true, 1);
    assert.equal(recording.failure, undefined);
    assert.deepEqual(known(open(directory)), ['g: a - 1 Killed']);
  });

  it('stores what came before another window has cleared the results', async () => {
    const { directory, book, file } = await judged();
    const recording = book.record('pkg', { ...RUN });
    recording.add(file, verdict(TEXT, 'a + 1', 'Survived'));
    open(directory).clear();
    recording.finish([file], true, 1);
    assert.equal(recording.failure, undefined);
    for (const one of [book, open(directory)]) assert.deepEqual(known(one), ['f: a + 1 Survived']);
  });

  it('keeps in memory what a full disk does not take, and says so once', async () => {
    const { directory, book, file } = await judged();
    const long = 'x'.repeat(200_000);
    const recording = book.record('pkg', { ...RUN });
    limit(book, 1);
    recording.add(file, verdict(TEXT, 'a + 1', 'Survived', { reason: long }));
    recording.flush();
    assert.equal(recording.failure?.code, 'disk-full');
    const { failure } = recording;
    recording.add(file, verdict(TEXT, 'a - 1', 'Killed', { reason: long }));
    recording.finish([file], true, 1);
    assert.equal(recording.failure, failure);
    assert.deepEqual(known(book), ['f: a + 1 Survived', 'g: a - 1 Killed']);
    assert.deepEqual(known(open(directory)), ['f: a + 1 Killed', 'g: a - 1 Survived']);
  });

  it('stores the rest rightly after a batch that a full disk did not take', async () => {
    const directory = emptyWorkspace();
    const book = open(directory);
    const file = await recorded(TEXT);
    const recording = book.record('pkg', { ...RUN });
    limit(book, 1);
    recording.add(file, verdict(TEXT, 'a + 1', 'Survived', { reason: 'x'.repeat(200_000) }));
    recording.flush();
    assert.equal(recording.failure?.code, 'disk-full');
    limit(book, 1_000_000);
    recording.add(file, verdict(TEXT, 'a - 1', 'Killed'));
    recording.add(file, verdict(TEXT, 'return a + 1', 'Killed'));
    recording.finish([file], true, 1);
    assert.deepEqual(known(open(directory)), ['g: a - 1 Killed', 'f: return a + 1 Killed']);
  });

  it('says why when another program holds the file', async function () {
    this.timeout(20_000);
    const { directory, book, file } = await judged();
    const recording = book.record('pkg', { ...RUN });
    const holder = new DatabaseSync(storeFile(directory));
    holder.exec('BEGIN IMMEDIATE');
    recording.add(file, verdict(TEXT, 'a + 1', 'Survived'));
    recording.flush();
    holder.exec('ROLLBACK');
    holder.close();
    assert.equal(recording.failure?.code, 'store-unwritable');
    assert.match(recording.failure?.message ?? '', /locked/);
    assert.deepEqual(known(book), ['f: a + 1 Survived', 'g: a - 1 Survived']);
  });

  it('is opened once for each package, and only where there are results', async () => {
    const { directory } = await judged();
    const empty = emptyWorkspace();
    const books = new ResultBooks();
    opened.push(books);
    assert.equal(books.existing(empty), undefined);
    const book = books.existing(directory);
    assert.ok(book);
    assert.equal(books.of(directory), book);
    const made = books.of(empty);
    assert.equal(books.existing(empty), made);
    assert.deepEqual(books.all(), [book, made]);
  });

  it('lives on in memory when its folder is removed while it is open', async () => {
    const { directory, book, file } = await judged();
    rmSync(directory, { recursive: true });
    const recording = book.record('pkg', { ...RUN });
    recording.add(file, verdict(TEXT, 'a + 1', 'Survived'));
    recording.finish([file], false, 1);
    assert.deepEqual(known(book), ['f: a + 1 Survived', 'g: a - 1 Survived']);
  });
});
