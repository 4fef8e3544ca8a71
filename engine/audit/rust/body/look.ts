import type { Bare } from '../../../syntax/index.ts';
import type { FunctionFinder } from '../../reading/index.ts';
import { ofMacro } from '../facts.ts';

/** What pieces of a test's code do about assertions: make some, or fail. */
export class Look {
  readonly #find: FunctionFinder;

  constructor(find: FunctionFinder) {
    this.#find = find;
  }

  /** Whether a branch asserts or fails, or goes on only where it need not. */
  settles(node: Bare): boolean {
    return this.asserts(node) || this.fails(node);
  }

  /** Whether something in a node fails the test. */
  fails(node: Bare): boolean {
    return node.some((one) => {
      if (one.type !== 'macro_invocation') return false;
      const name = one.get('macro')?.text ?? '';
      return (
        /^(panic|unreachable|bail|todo|unimplemented)$/.test(name.split('::').at(-1) ?? '') ||
        (name === 'assert' && /^\(\s*false\b/.test(one.children.find(({ type }) => type === 'token_tree')?.text ?? ''))
      );
    });
  }

  /** Whether a statement always fails. */
  isFailing(statement: Bare): boolean {
    if (!/^(expression_statement|macro_invocation)$/.test(statement.type)) return false;
    const isMacro = statement.type === 'macro_invocation' || statement.children[0]?.type === 'macro_invocation';
    return isMacro && this.fails(statement);
  }

  /** Whether a block fails the test itself, not only under a further condition. */
  failsDirectly(block: Bare): boolean {
    return block.children.some((statement) => this.isFailing(statement));
  }

  /** Whether there is an assertion in a node. */
  asserts(node: Bare): boolean {
    return node.some((one) => {
      if (one.type === 'macro_invocation') return ofMacro(one.get('macro')?.text ?? '', ['', '']) !== undefined;
      return one.type === 'call_expression' && this.#find.find(one.get('function')?.text ?? '') !== undefined;
    });
  }
}
