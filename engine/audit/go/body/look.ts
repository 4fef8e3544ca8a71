import type { Bare } from '../../../syntax/index.ts';
import { ofTestify } from '../facts.ts';

const FAILS = /^(Error|Errorf|Fatal|Fatalf|Fail|FailNow)$/;
const TESTERS = /^(assert|require|is|a|r|req|asserts?|must|check|should|expect|g|c)$/;

/** What pieces of a test's code do about assertions: make some, or fail. */
export class Look {
  /** Names of what a test fails with; they grow with what it makes. */
  readonly tests: Set<string>;

  /** `tests` are those that are known from the beginning. */
  constructor(tests: Iterable<string>) {
    this.tests = new Set(tests);
  }

  /** Whether something is what a test fails with: `t`, `s.T()`, and `c.t` of what keeps it. */
  isTest(node: Bare): boolean {
    return this.tests.has(node.text) || /^\w+\.(T\(\)|t|T|tb|TB)$/.test(node.text);
  }

  /** Whether a method is one of a test that fails it. */
  isFailingMethod(object: Bare, method: string): boolean {
    return this.isTest(object) && FAILS.test(method);
  }

  /** Whether methods of something assert: testify's packages, what they make for a test, a suite, mocks. */
  isTester({ text }: Bare): boolean {
    return TESTERS.test(text) || this.tests.has(text) || /\.(Require|Assert)\(\)$/.test(text) || /[mM]ock/.test(text);
  }

  /** Whether a statement always fails. */
  isFailing(statement: Bare): boolean {
    const call = statement.type === 'expression_statement' ? statement.children[0] : undefined;
    return call?.type === 'call_expression' && this.#isFailure(call);
  }

  /** Whether a block fails the test itself, not only under a further condition. */
  failsDirectly(block: Bare): boolean {
    return statementsIn(block).some((statement) => this.isFailing(statement));
  }

  /** Whether something in a node fails the test. */
  fails(node: Bare): boolean {
    return node.some((one) => one.type === 'call_expression' && this.#isFailure(one));
  }

  #isFailure(call: Bare): boolean {
    const callee = call.get('function');
    if (callee?.type === 'identifier') return callee.text === 'panic';
    const object = callee?.get('operand');
    const method = callee?.get('field')?.text ?? '';
    if (!object) return false;
    return (
      (FAILS.test(method) && (this.isTest(object) || /^(tb?|b|s|suite)$/.test(object.text))) ||
      // `require.Error` wants an error, and does not fail by itself.
      (/^Fail(Now)?f?$/.test(method) && /^(assert|require)$/.test(object.text)) ||
      /^(log\.Fatal|os\.Exit)/.test(callee?.text ?? '')
    );
  }

  /** Whether there is an assertion in a node. */
  asserts(node: Bare): boolean {
    return node.some((one) => {
      if (one.type !== 'call_expression') return false;
      const callee = one.get('function');
      const object = callee?.get('operand');
      const args = one.get('arguments')?.children ?? [];
      if (object && this.tests.has(object.text) && /^(Assert|Check)$/.test(callee?.get('field')?.text ?? '')) return true;
      if (this.#isFailure(one) || (object && this.isTester(object) && ofTestify(callee?.get('field')?.text ?? '', args, one))) return true;
      return args.some((arg) => this.isTest(arg)) && !/^t\.|\.(New|Ctrl)/.test(callee?.text ?? '');
    });
  }
}

/** The statements of a block, whether or not its list is a node of its own. */
export function statementsIn(block: Bare | undefined): Bare[] {
  return (block?.children ?? []).flatMap((one) => (one.type === 'statement_list' ? one.children : [one]));
}

/** Whether a statement leaves the test in some place. */
export function returns(node: Bare): boolean {
  return node.type === 'return_statement' || (node.type !== 'func_literal' && node.children.some(returns));
}
