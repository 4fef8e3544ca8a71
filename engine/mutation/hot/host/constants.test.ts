import assert from 'node:assert/strict';
import vm from 'node:vm';
import { installSwitches, Switchboard, Trace } from '../worker/switchboard.ts';
import { instrument } from './instrument.ts';

/** Texts, and which of their mutants change nothing where a variable is not read: as `line: what stands there instead`. */
const TEXTS: Record<string, { text: string; constants: string[]; file?: string }> = {
  'a pattern': { text: 'const A = /a+/;\nconst f = (s) => A.test(s);', constants: ['1: /a/', '2: () => undefined'] },
  'a text': { text: 'const A = "a";\nfunction f() { return A; }', constants: ['1: ""'] },
  'a list and an object': {
    text: 'const A = [1, "a"], B = { a: "b", c() { return 1 + 1; } };\nfunction f() { return [A, B]; }',
    constants: ['1: ""', '1: ""', '1: []', '1: {}'],
  },
  'what is counted from numbers': {
    text: 'const A = 60 * -(2 + 1);\nfunction f() { return A; }',
    constants: ['1: +(2 + 1)', '1: 2 - 1', '1: 60 / -(2 + 1)'],
  },
  'a function, without what stands in it': { text: 'const f = (a) => a + 1;\nfunction g() { return f(2); }', constants: ['1: () => undefined'] },
  'a set, and what is frozen': {
    text: 'const A = new Set(["a"]), B = Object.freeze(["b"]);\nfunction f() { return [A, B]; }',
    constants: ['1: ""', '1: ""', '1: []', '1: []'],
  },
  'what is set once with var': { text: 'var A = "a";\nfunction f() { return A; }', constants: ['1: ""'] },
  'what never is read': { text: 'const A = "a";', constants: ['1: ""'] },
  'what has a type, of which another is made': {
    text: 'const A: string[] = ["a"];\ntype B = typeof A;\nfunction f(b: B) { return A as B; }',
    constants: ['1: ""', '1: []'],
    file: '/a.ts',
  },
  'what is used in short': { text: 'const a = "a";\nfunction f() { return { a, b: a }; }', constants: ['1: ""'] },
  // What may be read where nobody sees it.
  'what is exported': { text: 'export const A = "a";\nconst B = "b";\nexport { B };', constants: [] },
  'what stands in a file with markup, which may become calls of it': {
    text: '/** @jsx h */\nconst h = () => "a";\nexport const f = () => <b />;',
    constants: [],
    file: '/a.jsx',
  },
  'what code that is made of text may read': { text: 'const A = "a";\nfunction f(code) { return eval(code); }', constants: [] },
  // What may do something, or fail.
  'what a call makes': { text: 'const A = make("a"), B = new Map(["b"]), C = new Set("c"), D = Object.assign({ d: 1 });', constants: [] },
  'what is done to another value': {
    text: 'const A = { b: 1 };\nconst B = [Object.freeze(A)];\nfunction f() { return [A, B]; }',
    constants: ['1: {}'],
  },
  'a set and what freezes that are none': {
    text: 'class Set { constructor(a) { say(a); } }\nconst Object = say();\nconst A = new Set(["a"]), B = Object.freeze(["b"]);',
    constants: [],
  },
  'what is made of other values': { text: 'const A = B + "a", C = `${D}c`, E = -F, G = [...H, "g"], I = { [J]: "i" };', constants: [] },
  'what is set again': { text: 'let A = "a";\nfunction f() { A = "b"; }', constants: [] },
  'what is set again behind a type': {
    text: 'let A = 1 + 1, B = "b", C = "c", D = "d", E = "e", F = "f", G = "g";\nfunction f(x: any) { A!++; (B as unknown) = x; [C!, (<any>D)] = x; for ((E as any) of x); ({ F: F!, ...(G as any) } = x); }',
    constants: [],
    file: '/a.ts',
  },
  'what is read behind a type': {
    text: 'let A = 1 + 1, B = "b";\nfunction f(x: any) { x = A!; return [(B as any), { A: A! }, -A!]; }',
    constants: ['1: ""', '1: 1 - 1'],
    file: '/a.ts',
  },
  'what is set again and again': { text: 'for (const b of [1, 2]) { var A = "a"; }\nfunction f() { return A; }', constants: [] },
  'what stands in a function': { text: 'function f() { const A = "a"; return () => A; }', constants: [] },
  'what is taken apart': { text: 'const { a } = { a: "b" };\nfunction f() { return a; }', constants: [] },
};

describe('the constants of a file', () => {
  for (const [title, { text, constants, file = '/a.js' }] of Object.entries(TEXTS)) {
    it(title, async () => {
      const found = await instrument([{ file }], [], new Map([[file, text]]), '1');
      assert.deepEqual([...found.broken], []);
      const said = found.mutants
        .filter(({ id }) => found.constants.has(id))
        .map(({ location, replacement }) => `${location.start.line + 1}: ${replacement}`);
      assert.deepEqual(said.sort(), constants);
    });
  }

  it('are numbered as the mutants of all files', async () => {
    const texts = new Map([
      ['/a.js', 'const A = "a" + 1;\nfunction f() { return A; }'],
      ['/b.js', 'const B = ["b"];\nfunction f() { return B; }'],
    ]);
    const { mutants, constants } = await instrument([{ file: '/a.js' }, { file: '/b.js' }], [], texts, '1');
    for (const { id, fileName, location } of mutants) {
      const read = mutants.find((one) => one.id === constants.get(id));
      assert.equal(read?.fileName, location.start.line === 0 ? fileName : undefined);
    }
  });

  it('tell when they are read, and are what they were', async () => {
    const text = `
      const WORD = /^a+$/, NAMES = { a: 'b', f: () => 'c' }, f = (a) => (a > 0 ? NAMES : a), LATE = 'l', early = () => LATE;
      early();
      result = { word: (a) => WORD.test(a), names: () => ({ NAMES }), call: () => [f(2).a, f.name, NAMES.f()], none: () => 1, late: () => early() };`;
    const { texts, mutants, constants } = await instrument([{ file: '/a.js' }], [], new Map([['/a.js', text]]), '1');
    const board = new Switchboard();
    const sandbox: { result?: Record<string, (value?: string) => unknown> } = {};
    installSwitches(sandbox, board);
    const traced = (act: () => unknown) => {
      const trace = new Trace(false);
      board.record(trace);
      const value = act();
      board.record(undefined);
      // Which variables' mutants are told of, by the column that the first of them stands in.
      const read = mutants.filter(({ id }) => constants.get(id) === id && (trace.hits[id] ?? 0) > 0);
      return { value, read: read.map(({ id, location }) => `${nameAt(text, location.start)} ${trace.hits[id]}`) };
    };
    const loaded = traced(() => vm.runInNewContext(texts.get('/a.js')?.code ?? '', sandbox));
    assert.deepEqual(loaded.read, ['WORD 1', 'NAMES 1', 'f 1', 'LATE 2', 'early 2']);
    const { word, names, call, none, late } = sandbox.result as Required<typeof sandbox>['result'];
    assert.deepEqual(
      traced(() => word?.('aa')),
      { value: true, read: ['WORD 1'] },
    );
    assert.deepEqual(
      traced(() => Object.keys(names?.() as object)),
      { value: ['NAMES'], read: ['NAMES 1'] },
    );
    assert.deepEqual(
      traced(() => JSON.stringify(call?.())),
      { value: '["b","f","c"]', read: ['NAMES 2', 'f 2'] },
    );
    assert.deepEqual(
      traced(() => none?.()),
      { value: 1, read: [] },
    );
    assert.deepEqual(
      traced(() => late?.()),
      { value: 'l', read: ['LATE 1', 'early 1'] },
    );
  });
});

/** The name of the variable that is set where a place stands. */
function nameAt(text: string, { line, column }: { line: number; column: number }): string | undefined {
  const before = text.split('\n')[line]?.slice(0, column + 1) ?? '';
  return [...before.matchAll(/(\w+) = /g)].at(-1)?.[1];
}
