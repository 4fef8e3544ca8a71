import assert from 'node:assert/strict';
import { describeChange, describe as sentence, smallestDifference } from './describe.ts';
import { type MutantStatus, STATUSES } from './model.ts';

/** mutator: original → replacement ⇒ the change in words. `⏎` is a line end. */
const CHANGES = String.raw`
EqualityOperator: a >= b → a > b ⇒ ${'`>=` becomes `>`'}
EqualityOperator: a < b && c < d → a <= b && c < d ⇒ ${'`<` becomes `<=`'}
EqualityOperator: a === (b) → a !== b ⇒ ${'`===` becomes `!==`'}
EqualityOperator: a  >=⏎  b → a > b ⇒ ${'`>=` becomes `>`'}
ArithmeticOperator: a * (b + c) → a / (b + c) ⇒ ${'`*` becomes `/`'}
ArithmeticOperator: a ** b → a * b ⇒ ${'`**` becomes `*`'}
LogicalOperator: a ?? b → a && b ⇒ ${'`??` becomes `&&`'}
AssignmentOperator: a += b → a -= b ⇒ ${'`+=` becomes `-=`'}
AssignmentOperator: a <<= 2 → a >>= 2 ⇒ ${'`<<=` becomes `>>=`'}
AssignmentOperator: a ??= b → a &&= b ⇒ ${'`??=` becomes `&&=`'}
UpdateOperator: i++ → i-- ⇒ ${'`++` becomes `--`'}
UpdateOperator: --i → ++i ⇒ ${'`--` becomes `++`'}
UnaryOperator: -a → +a ⇒ ${'`-` becomes `+`'}
UnaryOperator: ~a → a ⇒ ${'`~` is left out'}
BooleanLiteral: true → false ⇒ ${'`true` becomes `false`'}
BooleanLiteral: !a → a ⇒ ${'`!a` loses its negation'}
BooleanLiteral: !(a && b) → a && b ⇒ ${'`!(a && b)` loses its negation'}
ConditionalExpression: a > b → true ⇒ ${'`a > b` is always true'}
ConditionalExpression: a > b → false ⇒ ${'`a > b` is always false'}
ConditionalExpression: case 1:⏎  return 2; → case 1: ⇒ ${'`return 2;` is left out'}
BlockStatement: { return 1; } → {} ⇒ this block is emptied
ArrowFunction: () => x → () => undefined ⇒ ${'`() => x` returns undefined'}
ArrayDeclaration: [1, 2] → [] ⇒ ${'`[1, 2]` is an empty array'}
ArrayDeclaration: new Array(3) → new Array() ⇒ ${'`new Array(3)` is an empty array'}
ArrayDeclaration: [] → ["Stryker was here"] ⇒ ${'`"Stryker was here"` is added'}
ObjectLiteral: { a: 1 } → {} ⇒ ${'`{ a: 1 }` is an empty object'}
StringLiteral: "a" → "" ⇒ "a" becomes an empty string
StringLiteral: '' → "Stryker was here!" ⇒ an empty string becomes "Stryker was here!"
StringLiteral: ${'`a $' + '{b}` → ``'} ⇒ ${'`a $' + '{b}` becomes an empty string'}
OptionalChaining: a?.b → a.b ⇒ ${'`?.` becomes `.`'}
OptionalChaining: a?.[0] → a[0] ⇒ ${'`?.` is left out'}
OptionalChaining: a?.() → a() ⇒ ${'`?.` is left out'}
MethodExpression: a.trim() → a ⇒ ${'`.trim()` is left out'}
MethodExpression: xs.filter((x) => x > 1) → xs ⇒ ${'`.filter((x) => x > 1)` is left out'}
MethodExpression: s.startsWith("a") → s.endsWith("a") ⇒ ${'`startsWith` becomes `endsWith`'}
MethodExpression: Math.min(a, b) → Math.max(a, b) ⇒ ${'`min` becomes `max`'}
Regex: /^a+$/ → /a+$/ ⇒ ${'`^` is left out'}
Regex: /\d/ → /\D/ ⇒ ${'`\\d` becomes `\\D`'}
Other: a → a ⇒ ${'`a` becomes `a`'}
`;

describe('a change in words', () => {
  for (const line of CHANGES.trim().split('\n')) {
    const [, mutator = '', original = '', replacement = '', expected] = /^(\w+): (.*) → (.*) ⇒ (.*)$/.exec(line) ?? [];
    it(line, () => assert.equal(describeChange({ mutator, original: original.replaceAll('⏎', '\n'), replacement }), expected));
  }

  it('quotes at most sixty characters, in one line', () => {
    const long = describeChange({ mutator: 'ConditionalExpression', original: `${'a\n  && '.repeat(20)}b`, replacement: 'true' });
    const quoted = /^`(.*)` is always true$/.exec(long)?.[1] ?? '';
    assert.equal(quoted.length, 60);
    assert.match(quoted, /^a && a && .*…$/);
  });

  it('names what differs in whole words', () => {
    const cases: [original: string, replacement: string, before: string, after: string][] = [
      ['toLowerCase', 'toUpperCase', 'toLowerCase', 'toUpperCase'],
      ['f("a b")', 'f("a c")', '"a b"', '"a c"'],
      ['a b c', 'a c', 'b', ''],
      ['a c', 'a b c', '', 'b'],
    ];
    for (const [original, replacement, before, after] of cases) assert.deepEqual(smallestDifference(original, replacement), { before, after });
  });
});

describe('a verdict in a sentence', () => {
  const change = '`a` becomes `b`';
  const sentences: Record<MutantStatus, string> = {
    Survived: `No test notices when ${change}.`,
    NoCoverage: `No test runs this code: nothing would notice when ${change}.`,
    Killed: `Tests notice when ${change}.`,
    Timeout: `The tests never end when ${change}, which counts as noticed.`,
    RuntimeError: `The program cannot run when ${change}; this says nothing about the tests.`,
    CompileError: `The program cannot run when ${change}; this says nothing about the tests.`,
    Ignored: `Ignored (too noisy): ${change}.`,
    Pending: `Not judged yet: ${change}.`,
  };
  const mutant = { mutator: 'X', original: 'a', replacement: 'b', coveredBy: [] };
  for (const status of STATUSES) it(status, () => assert.equal(sentence({ ...mutant, status, reason: 'too noisy' }), sentences[status]));

  const removed: [status: MutantStatus, tests: number, says: string][] = [
    ['Survived', 3, 'No test would miss `f`: its body can be removed and 3 tests that run it still pass.'],
    ['Survived', 1, 'No test would miss `f`: its body can be removed and 1 test that runs it still passes.'],
    ['Survived', 0, 'No test would miss `f`: its body can be removed and the tests still pass.'],
    ['NoCoverage', 0, 'No test runs `f`: nothing would notice when its body is removed.'],
    ['Killed', 2, 'Tests notice when the body of `f` is removed.'],
  ];
  it('Survived, an arrow function without a block', () => {
    const arrow = { ...mutant, mutator: 'ArrowFunction', status: 'Survived' as const, removes: { title: '`f`' } };
    assert.match(sentence({ ...arrow, coveredBy: [0] }), /and 1 test that reaches it still passes\.$/);
    assert.match(sentence({ ...arrow, coveredBy: [0, 1] }), /and 2 tests that reach it still pass\.$/);
  });

  for (const [status, tests, says] of removed) {
    it(`${status} without its body, ${tests} tests`, () => {
      assert.equal(sentence({ ...mutant, status, coveredBy: Array.from({ length: tests }, (_, i) => i), removes: { title: '`f`' } }), says);
    });
  }

  it('Ignored without a reason', () => assert.equal(sentence({ ...mutant, status: 'Ignored' }), `Ignored: ${change}.`));
});
