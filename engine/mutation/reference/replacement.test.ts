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
  ['EqualityOperator', 'return «a < b» && c;', 'a <= b', 'return a <= b && c;'],
  ['ConditionalExpression', 'return «a < b» && c;', 'true', 'return true && c;'],
];

describe('a replacement in its text', () => {
  for (const [mutator, code, replacement, expected] of CASES) {
    it(`${mutator}: ${code} with ${replacement}`, () => {
      const [before = '', rest = ''] = code.split('«');
      const after = rest.split('»')[1] ?? '';
      assert.equal(before + replacementInText(mutator, replacement, before, after) + after, expected);
    });
  }
});
