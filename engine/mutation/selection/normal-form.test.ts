import assert from 'node:assert/strict';
import { type LanguageName, SyntaxTree } from '../../syntax/index.ts';
import { KnownParts } from './known-parts.ts';
import { normalForm } from './normal-form.ts';

async function formOf(text: string, language: LanguageName = 'typescript', parts?: KnownParts): Promise<string> {
  const tree = await SyntaxTree.parse(language, text);
  assert.ok(!tree.tree.rootNode.hasError, text);
  const form = normalForm(tree.tree.rootNode, parts);
  tree.dispose();
  return form;
}

/** Pairs of programs that are one. */
const SAME: Record<string, [string, string]> = {
  'white space, comments and quotes': [`f( 'a' ); // why`, `f("a")`],
  'parentheses that only group': ['x = ((a)) + (b * c);', 'x = a + b * c;'],
  'code behind a return': ['function f() { return 1; g(); }', 'function f() { return 1; }'],
  'code behind a throw': ['function f() { throw e; g(); }', 'function f() { throw e; }'],
  'a return at the end': ['function f(a) { g(); return; }', 'function f(a) { g(); }'],
  'a return of nothing in a last branch': ['function f(a) { if (a.b) { g(); return undefined; } }', 'function f(a) { if (a.b) { g(); } }'],
  'an early return before the same return': ['function f(a) { if (a.b) { return; } }', 'function f(a) { a.b; }'],
  'an arrow that returns nothing': ['x = () => undefined;', 'x = () => {};'],
  'a continue at the end of a loop': ['for (const a of b) { if (a.c) continue; }', 'for (const a of b) { if (a.c) {} }'],
  'a branch that is never taken': ['if (false) { f(); } g();', 'g();'],
  'a branch that is always taken': ['if (true) { f(); } else { g(); }', 'f();'],
  'an empty branch of a harmless condition': ['function f(a) { if (a === null) {} g(); }', 'function f(a) { if (false) { h(); } g(); }'],
  'a negated condition': ['if (!a.b) { f(); } else { g(); }', 'if (a.b) { g(); } else { f(); }'],
  'negated twice where only truth matters': ['if (!!a.b) f();', 'if (a.b) f();'],
  'the same in both branches': ['function f(a) { if (a) { g(); } else { g(); } }', 'function f(a) { g(); }'],
  'a loop that never begins': ['while (false) { f(); }', ''],
  'a counting loop that never begins': ['for (let i = 0; false; i++) { f(i); }', ''],
  'a case that falls into the same': ['switch (a) { case 1: return f(b); case 2: return f(b); }', 'switch (a) { case 1: case 2: return f(b); }'],
  'a break at the end of a switch': ['switch (a) { case 1: f(); break; }', 'switch (a) { case 1: f(); }'],
  'nothing to try': ['try {} catch (e) { f(e); }', ''],
  'operators with a constant': ['x = true && a.b;', 'x = a.b;'],
  'a choice between true and false in a condition': ['if (a.b ? true : false) f();', 'if (a.b) f();'],
};

/** Pairs of programs that some input tells apart. */
const OTHER: Record<string, [string, string]> = {
  'an empty branch of a call': ['if (f()) {}', 'if (false) {}'],
  'a getter': ['function f(a) { if (a.b) {} }', 'function f(a) {}'],
  'a name that is not bound': ['function f() { if (x === 1) {} }', 'function f() {}'],
  'a name that is bound in one of two places with the same text': [
    'function f() { g(() => { if (x === 1) {} }); } function h(x) { g(() => { if (x === 1) {} }); }',
    'function f() { g(() => {}); } function h(x) { g(() => { if (x === 1) {} }); }',
  ],
  'a name that is bound later': ['function f() { if (x === 1) {} let x = 1; }', 'function f() { let x = 1; }'],
  'a name that a hoisted function reads early': [
    'function f() { g(); let x; function g() { if (x) {} } }',
    'function f() { g(); let x; function g() { } }',
  ],
  'a name in its own default': ['function f(a = (b === 1) && b, b) {}', 'function f(a = false, b) {}'],
  'a comparison that converts': ['function f(a) { if (a < 1) {} }', 'function f(a) {}'],
  'a boolean and what it was made from': ['x = !!a;', 'x = a;'],
  'a variable that is declared where it is never set': ['function f() { return x; var x; }', 'function f() { return x; }'],
  'a directive': ["function f() { 'use strict'; }", 'function f() {}'],
  'white space in a template': ['x = `a  b`;', 'x = `a b`;'],
  'white space between the holes of a template': ['x = `${a} ${b}`;', 'x = `${a}${b}`;'],
  'the end of an optional chain': ['x = (a?.b).c;', 'x = a?.b.c;'],
  'an asynchronous generator that waits': ['async function* f() { return undefined; }', 'async function* f() {}'],
  'a value and a test': ['x = a || false;', 'x = a;'],
  'a break out of the loop': ['for (;;) { if (a.b) break; }', 'for (;;) { if (a.b) {} }'],
  'holes in a list': ['x = [, a];', 'x = [a];'],
};

describe('normalForm', () => {
  for (const [name, [one, other]] of Object.entries(SAME))
    it(`is the same: ${name}`, async () => assert.equal(await formOf(one), await formOf(other)));
  for (const [name, [one, other]] of Object.entries(OTHER)) {
    it(`is another: ${name}`, async () => {
      assert.notEqual(await formOf(one), await formOf(other));
      assert.notEqual(await formOf(one, 'javascript'), await formOf(other, 'javascript'));
    });
  }

  it('is the same only for programs that behave the same', async function () {
    // Five seconds of computing, on a machine that does nothing else.
    this.timeout(60_000);
    const random = generator(20261121);
    let pairs = 0;
    for (let i = 0; i < 1000; i++) {
      const { original, mutants } = program(random);
      const texts = [...new Set([original, ...mutants])];
      const forms = await Promise.all(texts.map((text) => formOf(text, 'javascript')));
      const parts = new KnownParts();
      await formOf(original, 'javascript', parts);
      parts.settle();
      const fromParts = await Promise.all(texts.map((text) => formOf(text, 'javascript', parts)));
      assert.deepEqual(fromParts, forms, `another form with what is known of ${original}`);
      for (const [a, form] of forms.entries()) {
        for (const [b, other] of forms.entries()) {
          if (b <= a || form !== other) continue;
          pairs++;
          assert.equal(behaviour(texts[a] as string), behaviour(texts[b] as string), `${texts[a]}\n--- has the form of\n${texts[b]}\n${form}`);
        }
      }
    }
    assert.ok(pairs > 1000, `${pairs} pairs had the same form`);
  });
});

function generator(seed: number): (below: number) => number {
  let state = seed;
  return (below) => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    return Math.floor((state / 2 ** 32) * below);
  };
}

/** A small function `f(a, b)` that leaves a trace, and what mutators make of it: conditions become constants, blocks empty, statements nothing. */
function program(random: (below: number) => number): { original: string; mutants: string[] } {
  const pick = <T>(...choices: T[]): T => choices[random(choices.length)] as T;
  const expression = (depth: number): string =>
    depth <= 0 || random(3) === 0
      ? pick('a', 'b', 'true', 'false', 't(1)', 't(2)', 'o.p', 'a === null', 'b !== 1', 'c', 'undefined')
      : pick(
          () => `(${expression(depth - 1)} && ${expression(depth - 1)})`,
          () => `(${expression(depth - 1)} || ${expression(depth - 1)})`,
          () => `!${expression(0)}`,
          () => `!!${expression(0)}`,
          () => `(${expression(depth - 1)} ? ${expression(0)} : ${expression(0)})`,
          () => `(() => { ${statements(1, false)} })()`,
        )();
  const condition = () => `/*<*/${expression(2)}/*>*/`;
  const block = (depth: number, loop: boolean) => `/*{*/{ ${statements(depth, loop)} }/*}*/`;
  const statement = (depth: number, loop: boolean): string =>
    depth <= 0
      ? pick('t(3);', 't(4);', 'return;', 'return 1;', 'return undefined;', 'throw 7;', ...(loop ? ['break;', 'continue;'] : ['t(5);']), ';')
      : pick(
          () => `if (${condition()}) ${block(depth - 1, loop)}`,
          () => `if (${condition()}) ${block(depth - 1, loop)} else ${block(depth - 1, loop)}`,
          () => `for (let i = 0; /*<*/i < 2/*>*/; i++) ${block(depth - 1, true)}`,
          () => `for (const x of [1, 2]) ${block(depth - 1, true)}`,
          () => `while (/*<*/t(6) < 3/*>*/) ${block(depth - 1, true)}`,
          () => `switch (a) { case 1: ${statements(depth - 1, loop)} case b: ${statements(depth - 1, loop)} default: ${statements(0, loop)} }`,
          () => `try ${block(depth - 1, loop)} catch (e) ${block(depth - 1, loop)}`,
          () => `try ${block(depth - 1, loop)} finally { t(9); }`,
          () => `{ let a = ${expression(1)}; ${statements(depth - 1, loop)} }`,
          () => `${expression(1)};`,
          () => 'var c = t(8);',
        )();
  function statements(depth: number, loop: boolean): string {
    return Array.from({ length: 1 + random(3) }, () => statement(random(depth + 1), loop)).join(' ');
  }
  const original = `function f(a, b, t, o) { ${statements(3, false)} }`;
  const mutants = [
    ...replaced(original, /\/\*<\*\/(?:(?!\/\*[<>]\*\/).)*\/\*>\*\//g, ['true', 'false']),
    ...replaced(original, /\/\*\{\*\/(?:(?!\/\*[{}]\*\/).)*\/\*\}\*\//g, ['{}']),
    ...replaced(original, /t\([345]\);/g, [';']),
  ];
  return { original, mutants };
}

function replaced(text: string, pattern: RegExp, replacements: string[]): string[] {
  return [...text.matchAll(pattern)].flatMap((match) =>
    replacements.map((replacement) => text.slice(0, match.index) + replacement + text.slice(match.index + match[0].length)),
  );
}

/** What a program does for several inputs: each trace with its end. */
function behaviour(text: string): string {
  const inputs: [unknown, unknown][] = [
    [1, 2],
    [null, 1],
    [undefined, undefined],
    [0, 1],
    [{}, null],
  ];
  return JSON.stringify(
    inputs.map(([a, b]) => {
      const trace: unknown[] = [];
      let left = 60;
      const t = (mark: number) => {
        if (left-- === 0) throw new RangeError('endless');
        trace.push(mark);
        return trace.length;
      };
      const o = {
        get p() {
          trace.push('p');
          return trace.length % 2 === 0;
        },
      };
      try {
        trace.push('returns', String(new Function(`${withFuel(text)}; return f;`)()(a, b, t, o)));
      } catch (error) {
        trace.push('throws', error instanceof RangeError ? 'endless' : String(error));
      }
      return trace;
    }),
  );
}

/** Loops end after a while, also those that a mutant made endless and that leave no trace. */
function withFuel(text: string): string {
  return `let fuel = 200; ${text.replace(/(for|while) \(((?:[^()]|\((?:[^()]|\([^()]*\))*\))*)\) (\/\*\{\*\/)?\{/g, '$& if (fuel-- === 0) throw new RangeError("endless");')}`;
}
