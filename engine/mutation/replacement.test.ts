import assert from 'node:assert/strict';
import { replacementInText } from './replacement.ts';

/** Mutator, the code with the mutated part in «», the replacement, and the code with what is put into the text. */
const CASES: [mutator: string, code: string, replacement: string, expected: string][] = [
  ['LogicalOperator', 'return «a && b» && c;', 'a || b', 'return (a || b) && c;'],
  ['LogicalOperator', 'return a && «b && c»;', 'b || c', 'return a && (b || c);'],
  ['LogicalOperator', 'return «a && b» || c;', 'a || b', 'return a || b || c;'],
  ['LogicalOperator', 'return «a || b» || c;', 'a && b', 'return a && b || c;'],
  ['LogicalOperator', 'if («a && b») go();', 'a || b', 'if (a || b) go();'],
  ['LogicalOperator', 'f(«a ?? b», c)', 'a && b', 'f(a && b, c)'],
  ['LogicalOperator', 'return !(«a && b»);', 'a || b', 'return !(a || b);'],
  ['BooleanLiteral', 'return «!(a || b)» && c;', 'a || b', 'return (a || b) && c;'],
  ['BooleanLiteral', 'return c && «!(a || b)»;', 'a || b', 'return c && (a || b);'],
  ['BooleanLiteral', 'return !«!(a || b)»;', 'a || b', 'return !(a || b);'],
  ['BooleanLiteral', 'return «!(a || b)»;', 'a || b', 'return a || b;'],
  ['BooleanLiteral', 'return «!ready» && c;', 'ready', 'return ready && c;'],
  ['BooleanLiteral', 'return «!(a > b)» === c;', 'a > b', 'return (a > b) === c;'],
  ['BooleanLiteral', 'return typeof «!(a || b)»;', 'a || b', 'return typeof (a || b);'],
  ['BooleanLiteral', 'return await «!(a || b)»;', 'a || b', 'return await (a || b);'],
  ['LogicalOperator', 'f(c && d, «a && b»)', 'a || b', 'f(c && d, a || b)'],
  ['LogicalOperator', 'f(«a && b», c && d)', 'a || b', 'f(a || b, c && d)'],
  ['LogicalOperator', 'return c &&\n  «a && b»', 'a || b', 'return c &&\n  (a || b)'],
  ['LogicalOperator', 'return «a && b»\n  && c;', 'a || b', 'return (a || b)\n  && c;'],
  ['LogicalOperator', 'return «a && b» // why\n  && c;', 'a || b // why', 'return (a || b) // why\n  && c;'],
  ['LogicalOperator', 'return «a && b» /* why */ && c;', 'a || b /* why */', 'return (a || b) /* why */ && c;'],
  ['EqualityOperator', 'return «a < b» && c;', 'a <= b', 'return a <= b && c;'],
  ['EqualityOperator', 'return«(a) < b»;', 'a <= b', 'return a <= b;'],
  ['ConditionalExpression', 'return «a < b» && c;', 'true', 'return true && c;'],
  ['ConditionalExpression', 'return«(a || b) && c»;', 'true', 'return true;'],
  ['MethodExpression', 'return «(a || b).filter(c)».length;', 'a || b', 'return (a || b).length;'],
  ['MethodExpression', 'return «(a || b).filter(c)»;', 'a || b', 'return a || b;'],
  ['MethodExpression', "return a + «('' + b).trim()»;", "'' + b", "return a + ('' + b);"],
  ['MethodExpression', 'return «(a?.b).trim()».length;', 'a?.b', 'return (a?.b).length;'],
  ['MethodExpression', 'return «a?.b.trim()».length;', 'a?.b', 'return a?.b.length;'],
  ['MethodExpression', 'f(«(a, b).trim()», c);', 'a, b', 'f((a, b), c);'],
  ['MethodExpression', 'return «(await a).slice(1)».length;', 'await a', 'return (await a).length;'],
  ['MethodExpression', 'return «(a as B).slice(1)»!.length;', 'a as B', 'return (a as B)!.length;'],
  ['MethodExpression', '() => «({ a }).slice(1)»', '{\n  a\n}', '() => ({\n  a\n})'],
  ['MethodExpression', 'return «(\n  // why\n  a || b\n).trim()»;', '// why\na || b', 'return (// why\na || b);'],
  ['MethodExpression', 'f(a)\n«[a].reverse()»', '[a]', 'f(a)\n[a]'],
  ['BooleanLiteral', 'if («!(m = f(a))» || m[1]) b();', 'm = f(a)', 'if ((m = f(a)) || m[1]) b();'],
  ['BooleanLiteral', 'return «!(a ? b : c)» ? 1 : 2;', 'a ? b : c', 'return (a ? b : c) ? 1 : 2;'],
  ['BooleanLiteral', 'return«!a»;', 'a', 'return a;'],
  ['BooleanLiteral', 'for (const a of«!b»?c:d);', 'b', 'for (const a of b?c:d);'],
  ['BooleanLiteral', '«!function () {}()»;', 'function () {}()', '(function () {}());'],
  ['BooleanLiteral', 'f()\n«!(a || b)» && c()', 'a || b', 'f()\n;(a || b) && c()'],
  ['BooleanLiteral', 'f();\n«!(a || b)» && c()', 'a || b', 'f();\n(a || b) && c()'],
  ['BooleanLiteral', 'if (f())\n  «!(a || b)» && c()', 'a || b', 'if (f())\n  (a || b) && c()'],
  ['BooleanLiteral', 'if (f()) g()\nelse\n  «!(a || b)» && c()', 'a || b', 'if (f()) g()\nelse\n  (a || b) && c()'],
  ['BooleanLiteral', 'return «true» && a;', 'false', 'return false && a;'],
  ['UnaryOperator', 'return «~(a | b)» & c;', 'a | b', 'return (a | b) & c;'],
  ['UnaryOperator', 'return typeof«~a»;', 'a', 'return typeof a;'],
  ['UnaryOperator', 'return a+«-b»;', '+b', 'return a+ +b;'],
  ['UpdateOperator', 'return a-«++b»;', '--b', 'return a- --b;'],
  ['ArithmeticOperator', "return «a + '//'» + b;", "a - '//'", "return a - '//' + b;"],
  ['Regex', 'const a = «/^b\\//»; // slash', '/b\\//', 'const a = /b\\//; // slash'],
];

describe('a replacement in its text', () => {
  for (const [mutator, code, replacement, expected] of CASES) {
    it(`${mutator}: ${code} with ${replacement}`, () => {
      const [before = '', original = '', after = ''] = code.split(/[«»]/);
      assert.equal(before + replacementInText({ mutator, original, replacement }, before, after) + after, expected);
    });
  }
});
