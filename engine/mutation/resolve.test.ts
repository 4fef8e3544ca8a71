import assert from 'node:assert/strict';
import { type LanguageName, SyntaxTree } from '../syntax/index.ts';
import { Anchors } from './anchors.ts';
import { mutantKey, type StoredMutant, type StoredPiece } from './repository.ts';
import { resolvePieces } from './resolve.ts';

/** A line of marks: `^^^ id` under what stands above, `!! id` under the first character of a piece whose mutant is stale. */
const MARK = /^\s*([\^!]+) (\w+)$/;

interface Marked {
  text: string;
  marks: { id: string; line: number; start: number; end: number; stale: boolean }[];
}

/** Takes the marks out of a text; `\r\n` line ends stay. */
function unmark(marked: string): Marked {
  const lines: string[] = [];
  const marks: Marked['marks'] = [];
  for (const line of marked.split('\n')) {
    const mark = MARK.exec(line.replace(/\r$/, ''));
    const start = line.search(/[\^!]/);
    if (mark)
      marks.push({ id: mark[2] as string, line: lines.length - 1, start, end: start + (mark[1] as string).length, stale: line[start] === '!' });
    else lines.push(line);
  }
  return { text: lines.join('\n'), marks };
}

/** What a run over the marked text would have stored: a mutant for each mark. */
async function judge(language: LanguageName, marked: string): Promise<StoredPiece[]> {
  const { text, marks } = unmark(marked);
  const tree = await SyntaxTree.parse(language, text);
  const anchors = new Anchors(tree);
  const stored = new Map<string, StoredPiece>();
  for (const { id, line, start, end } of marks) {
    const anchored = anchors.anchor({ start: { line, column: start }, end: { line, column: end } });
    assert.ok(anchored, `${id} stands in no piece`);
    const { name, kind, hash, ordinal } = anchored.at;
    const key = `${name} ${hash} ${ordinal}`;
    const piece = stored.get(key) ?? { id: stored.size + 1, name, kind, hash, ordinal, judgedAt: 1, scanned: false, mutants: new Map() };
    stored.set(key, piece);
    const mutant: StoredMutant = {
      ...{ start: anchored.start, end: anchored.end, mutator: id, replacement: '', original: '' },
      ...{ static: false, status: 'Survived', coveredBy: [], killedBy: [] },
    };
    piece.mutants.set(mutantKey(mutant), mutant);
  }
  tree.dispose();
  return [...stored.values()];
}

/** Where stored mutants stand in a text, in the words of marks. */
async function placed(language: LanguageName, stored: readonly StoredPiece[], text: string): Promise<string[]> {
  const tree = await SyntaxTree.parse(language, text);
  const found = resolvePieces(stored, new Anchors(tree)).flatMap((piece) =>
    piece.mutants.map(({ mutator, range }) => {
      assert.equal(range.start.line, range.end.line);
      return `${mutator} ${range.start.line}:${range.start.column}-${range.end.column}${piece.stale ? ' stale' : ''}`;
    }),
  );
  tree.dispose();
  return found.sort();
}

/** A text as it was judged, and the same after an edit, with the marks where its mutants stand then. */
const CASES: Record<string, [before: string, after: string]> = {
  'nothing changed': [
    `
const a = 1 + 2;
          ^^^^^ A
function f(x) { return x > 1 }
                       ^^^^^ B`,
    `
const a = 1 + 2;
          ^^^^^ A
function f(x) { return x > 1 }
                       ^^^^^ B`,
  ],
  'lines above and beside': [
    `
function f(x) { return x > 1 }
                       ^^^^^ B`,
    `
// a comment
import y from 'y';
const before = 1; function f(x) { return x > 1 }
                                         ^^^^^ B
const behind = 2;`,
  ],
  'an edit inside makes stale': [
    `
function f(x) { return x > 1 }
                       ^^^^^ B
function g(x) { return x < 1 }
                       ^^^^^ C`,
    `

  function f(x) { return x >= 1 }
  ! B
function g(x) { return x < 1 }
                       ^^^^^ C`,
  ],
  'a function that is gone': [
    `
function f(x) { return x > 1 }
                       ^^^^^ B
function g(x) { return x < 1 }
                       ^^^^^ C`,
    `
function g(x) { return x < 1 }
                       ^^^^^ C`,
  ],
  'a rename changes the text, so that nothing is known of it': [
    `
function f(x) { return x > 1 }
                       ^^^^^ B`,
    `
function renamed(x) { return x > 1 }`,
  ],
  'a method of a class that was renamed has the same text': [
    `
class A { f(x) { return x > 1 } }
                        ^^^^^ B`,
    `
class Renamed { f(x) { return x > 1 } }
                              ^^^^^ B`,
  ],
  'a method of a variable that was renamed has the same text': [
    `
const a = { f: (x) => x > 1, b: 0 };
                      ^^^^^ B`,
    `
const c = { f: (x) => x > 1, b: 0 };
                      ^^^^^ B`,
  ],
  'an edit in a nested function leaves the outer one fresh': [
    `
function f(x) {
  if (x > 1) return () => 0;
      ^^^^^ A
  function g() { return x + 2 }
                        ^^^^^ B
  return x * 3;
         ^^^^^ C
}`,
    `
function f(x) {
  if (x > 1) return () => 0;
      ^^^^^ A
  function g() { return x - 2 }
  ! B
  return x * 3;
         ^^^^^ C
}`,
  ],
  'an edit in the outer function leaves the nested one fresh': [
    `
function f(x) {
  if (x > 1) return 1;
      ^^^^^ A
  function g() { return x + 2 }
                        ^^^^^ B
}`,
    `
function f(x) {
! A
  const added = x;
  if (x > 1) return 1;
  function g() { return x + 2 }
                        ^^^^^ B
}`,
  ],
  'functions with the same text keep their order': [
    `
const o = { f: (x) => x > 1 };
                      ^^^^^ A
const p = { f: (x) => x > 1 };
                      ^^^^^ B`,
    `
const between = 0;
const o = { f: (x) => x > 1 };
                      ^^^^^ A
const more = 0;
const p = { f: (x) => x > 1 };
                      ^^^^^ B`,
  ],
  'statements with the same text and no name': [
    `
if (a > b) c();
    ^^^^^ A
if (a > b) c();
    ^^^^^ B`,
    `
c();
if (a > b) c();
    ^^^^^ A
if (a > b) c();
    ^^^^^ B`,
  ],
  'a second overload of a name is not the first': [
    `
class A { static f() { return 1 > 0 } f() { return 2 > 0 } }
                              ^^^^^ A
                                                   ^^^^^ B`,
    `
class A { static f() { return 1 > 0 } f() { return 3 > 0 } }
                              ^^^^^ A
                                      ! B`,
  ],
  'the same text in another place that is gone': [
    `
class A { f(x) { return x > 1 } }
                        ^^^^^ A
class B { f(x) { return x > 1 } }
                        ^^^^^ B`,
    `
class B { f(x) { return x > 1 } }
                        ^^^^^ B`,
  ],
  'a syntax error elsewhere': [
    `
function f(x) { return x > 1 }
                       ^^^^^ B`,
    `
function f(x) { return x > 1 }
                       ^^^^^ B
g(1,, 2;`,
  ],
};

describe('where judged mutants stand in a text of today', () => {
  for (const [title, [before, after]] of Object.entries(CASES)) {
    for (const [ends, convert] of [
      ['', (text: string) => text],
      [' (to CRLF)', (text: string) => text.replaceAll('\n', '\r\n')],
    ] as const) {
      it(title + ends, async () => {
        const { text, marks } = unmark(convert(after));
        const expected = marks.map(({ id, line, start, end, stale }) => `${id} ${line}:${start}-${end}${stale ? ' stale' : ''}`).sort();
        assert.deepEqual(await placed('javascript', await judge('javascript', before), text), expected);
      });
    }
  }

  it('shows what was judged last where an older text of the same function is stored too', async () => {
    const judged = async (text: string, judgedAt: number) => (await judge('javascript', text)).map((piece) => ({ ...piece, judgedAt }));
    const stored = [
      ...(await judged('function f() { return 1 }\n                      ^ A', 1)),
      ...(await judged('function f() { return 2 }\n                      ^ B', 2)),
    ];
    assert.deepEqual(await placed('javascript', stored, 'function f() { return 3 }'), ['B 0:0-1 stale']);
    assert.deepEqual(await placed('javascript', stored, 'function f() { return 1 }'), ['A 0:22-23']);
  });

  it('keeps the identity of a mutant through edits elsewhere, and gives each its own', async () => {
    const stored = await judge('javascript', CASES['functions with the same text keep their order']?.[0] ?? '');
    const identities = async (text: string) => {
      const tree = await SyntaxTree.parse('javascript', text);
      return resolvePieces(stored, new Anchors(tree)).flatMap(({ mutants }) => mutants.map(({ id }) => id));
    };
    const now = await identities(unmark(CASES['functions with the same text keep their order']?.[0] ?? '').text);
    assert.equal(new Set(now).size, 2);
    assert.deepEqual(await identities(unmark(CASES['functions with the same text keep their order']?.[1] ?? '').text), now);
  });

  it('has an offset in the own text for each place of a file, and the way back', async () => {
    const text = 'function f(a) {\n  const b = a + 1;\n  function g() { return b }\n  return g() + "ä€😀";\n}\nclass C { m() { return 1 } }\n';
    const tree = await SyntaxTree.parse('javascript', text);
    const anchors = new Anchors(tree);
    let checked = 0;
    for (const [line, content] of text.split('\n').entries()) {
      for (let column = 0; column < content.length; column++) {
        const range = { start: { line, column }, end: { line, column: column + 1 } };
        const anchored = anchors.anchor(range);
        if (!anchored) continue;
        assert.deepEqual(anchors.range(anchored.at.piece, anchored.start, anchored.end), range, JSON.stringify(range));
        checked++;
      }
    }
    assert.ok(checked > 100, String(checked));
    tree.dispose();
  });
});
