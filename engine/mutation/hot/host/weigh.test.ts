import assert from 'node:assert/strict';
import vm from 'node:vm';
import { installSwitches, Switchboard, Trace } from '../worker/switchboard.ts';
import { instrument } from './instrument.ts';

/** Programs that call `say` with what can be seen of them, and how many of the mutants that they reach change nothing: as `line: what stands there instead`. */
const PROGRAMS: Record<string, { text: string; inert: string[] }> = {
  'a condition that always holds': { text: 'const f = (a) => { if (a > 0) say(a); };\nf(1); f(2);', inert: ['1: true', '1: a >= 0'] },
  'a condition that holds at times': { text: 'const f = (a) => { if (a > 0) say(a); };\nf(1); f(-1);', inert: ['1: a >= 0'] },
  'a border that is never met': { text: 'const f = (a) => a >= 3 && say(a);\nf(1); f(9);', inert: ['1: a > 3'] },
  'a border that is met': { text: 'const f = (a) => a >= 3 && say(a);\nf(3);', inert: ['1: true'] },
  'what propagates no further than its expression': {
    text: 'const f = (a, b) => { if (a || b) say(1); };\nf(true, 1);',
    inert: ['1: true', '1: a && b'],
  },
  'a getter, which may do anything': { text: 'const o = { get a() { say(1); return true; } };\nif (o.a) say(2);', inert: [] },
  'a getter behind a prototype': {
    text: 'class A { get a() { return say(1); } }\nconst o = Object.create(new A());\nif (o.a || true) say(2);',
    inert: [],
  },
  'a getter of the language': { text: 'const all = new Map([[1, 2]]);\nif (all.size > 0) say(1);', inert: ['2: true', '2: all.size >= 0'] },
  'a proxy': { text: 'const o = new Proxy({ a: 1 }, { get: (of, key) => say(of[key]) });\nif (o.a) say(2);', inert: [] },
  'an object that is turned into a number': { text: 'const o = { valueOf: () => say(1) };\nif (o > 0) say(2);', inert: [] },
  'an object that is held against a number': { text: 'const o = { valueOf: () => say(1) };\nif (o == 1) say(2);', inert: [] },
  'a call': { text: 'const f = () => say(true);\nif (f()) say(2);', inert: [] },
  'a call that is not come to': { text: 'const f = (a) => { if (a && say(a)) say(2); };\nf(0);', inert: ['1: false'] },
  'a condition in front of a call': { text: 'const f = (a) => { if (a > 0 && say(a)) say(2); };\nf(1);', inert: ['1: true', '1: a >= 0'] },
  'a value in use while something is called': { text: 'const f = (a) => say((a > 0) + say(a));\nf(1);', inert: ['1: true', '1: a >= 0'] },
  'a condition behind a call': { text: 'const f = (a) => { if (say(a) && a > 0) say(2); };\nf(1);', inert: ['1: true', '1: a >= 0'] },
  'the arguments of a call': { text: 'const f = (a) => say(a === 1 ? 5 : 6);\nf(1);', inert: ['1: true'] },
  'an expression that fails': { text: 'const f = (o) => { try { if (o.a.b) say(1); } catch { say(2); } };\nf({});', inert: [] },
  'a name that there is not': { text: "const f = () => { if (typeof missing === 'undefined' || missing.a) say(1); };\nf();", inert: ['1: true'] },
  'a name that has no value yet': {
    text: 'const f = () => { if (on || late) say(1); };\nlet on = true;\n{ const g = () => { if (on || later) say(2); }; g(); let later = 1; }\nlet late = f;\nf();',
    inert: ['1: true', '1: on && late', '3: true'],
  },
  'this and arguments': {
    text: 'function f() { if (this.a && arguments.length > 1) say(1); }\nf.call({ a: 1 }, 1, 2);',
    inert: ['1: true', '1: this.a || arguments.length > 1', '1: true', '1: arguments.length >= 1'],
  },
  'a chain that ends early': { text: 'const f = (a) => { if (a?.b.c) say(1); };\nf(undefined); f({ b: { c: 0 } });', inert: ['1: false'] },
  'a chain that need not': { text: 'const f = (a) => say(a?.b);\nf({ b: 1 });', inert: ['1: a.b'] },
  'text made of values': { text: 'const f = (a) => { if (`${a}x` === "1x") say(1); };\nf(1);', inert: ['1: true'] },
  'text made of objects': { text: 'const o = { toString: () => say("1") };\nif (`${o}` === "1") say(1);', inert: [] },
  'a value that is the same': { text: 'const f = (a, b) => say(a + b);\nf(1, 0); f(5, 0);', inert: ['1: a - b'] },
  'a loop': { text: 'const f = (n) => { for (let i = 0; i < n; i++) say(i); };\nf(0);', inert: ['1: false'] },
  'a call of the language': {
    text: 'const f = (a) => { if (a.includes("x") && Array.isArray(list)) say(1); };\nconst list = [];\nf("x");',
    inert: ['1: true', '1: a.includes("x") || Array.isArray(list)', '1: ""'],
  },
  'what a call of the language comes to': { text: 'const f = (a) => say(a.trim());\nf("x");', inert: ['1: a'] },
  'a call that only looks like one of the language': { text: 'const f = (a) => { if (a.includes(1)) say(2); };\nf({ includes: say });', inert: [] },
  'a call of the language that is replaced': { text: 'Array.isArray = say;\nif (Array.isArray([])) say(2);', inert: [] },
  'a call that is bound': { text: 'const o = { test: say.bind(null, 1) };\nif (o.test("x")) say(2);', inert: [] },
  'a call on what has its own idea of text': { text: 'const o = { toString: () => say("x") };\nif ("x".includes(o)) say(1);', inert: [] },
  'a pattern': { text: 'const f = (a) => { if (/x/.test(a)) say(1); };\nf("x");', inert: [] },
  'a pattern by its name': { text: 'const p = /x/;\nconst f = (a) => { if (p.test(a)) say(1); };\nf("x");', inert: ['2: true'] },
  'a pattern that remembers': { text: 'const p = /x/g;\nconst f = (a) => { if (p.test(a)) say(1); };\nf("x"); f("x");', inert: [] },
  'what an object has': {
    text: 'const f = (o) => { if (Object.prototype.hasOwnProperty.call(o, "a") && o.hasOwnProperty("a") && "a" in o) say(1); };\nf({ a: 1 });',
    inert: [
      '1: true',
      '1: Object.prototype.hasOwnProperty.call(o, "a") && o.hasOwnProperty("a") || "a" in o',
      '1: true',
      '1: Object.prototype.hasOwnProperty.call(o, "a") || o.hasOwnProperty("a")',
    ],
  },
  'what an object is': { text: 'class A {}\nconst f = (o) => { if (o instanceof A) say(1); };\nf(new A());', inert: ['2: true'] },
  'a class that asks by itself': { text: 'class A { static [Symbol.hasInstance]() { return say(true); } }\nif ({} instanceof A) say(1);', inert: [] },
  'a proxy that is asked what it is': {
    text: 'const o = new Proxy({}, { getPrototypeOf: () => say(null), has: () => say(true) });\nif (o instanceof Map) say(1);\nif ("a" in o) say(2);',
    inert: [],
  },
  'a comparison of what is called': { text: 'const f = (a) => { if (say(a) > 3) say(1); };\nf(5);', inert: [] },
  'what stands behind a call in the same sum': {
    text: 'const f = (a, b) => say(say(a) + (b > 1 ? 5 : 6));\nf(1, 2);',
    inert: ['1: true', '1: b >= 1'],
  },
  'at load and in a function': { text: 'const on = 1 > 0;\nif (on) say(1);', inert: ['1: true', '1: 1 >= 0', '2: true'] },
};

describe('weighing expressions', () => {
  for (const [title, { text, inert }] of Object.entries(PROGRAMS)) {
    it(title, async () => {
      const { plain, found } = await weigh(text);
      assert.deepEqual(
        found.map(({ name }) => name),
        inert,
      );
      for (const { name, said } of found) assert.deepEqual(said, plain, name);
    });
  }
});

/** Runs a program without mutants, then with each that changed nothing. */
async function weigh(text: string) {
  const file = '/program.js';
  const { mutants, texts } = await instrument([{ file }], [], new Map([[file, text]]), '1');
  const code = texts.get(file)?.code ?? '';
  const trace = new Trace(true);
  const plain = run(code, (switches) => void switches.record(trace));
  const inert = new Set(trace.inert);
  const found = mutants
    .filter(({ id }) => inert.has(id))
    .map(({ id, location, replacement }) => ({
      name: `${location.start.line + 1}: ${replacement}`,
      said: run(code, (switches) => switches.on(id, 99)),
    }));
  return { plain, found };
}

/** What a program says. */
function run(code: string, prepare: (switches: Switchboard) => void): unknown[] {
  const said: unknown[] = [];
  const say = (one: unknown) => {
    said.push(one);
    return one;
  };
  const context = vm.createContext({ say });
  const switches = new Switchboard();
  installSwitches(vm.runInContext('globalThis', context), switches);
  prepare(switches);
  try {
    vm.runInContext(code, context);
  } catch (error) {
    said.push(String(error));
  }
  return said;
}
