import type { Bare } from '../../../syntax/index.ts';
import { assertedBy } from '../calls.ts';
import type { Definitions } from '../definitions.ts';
import { stated } from '../facts.ts';

/** What pieces of a test's code do about assertions: make some, fail, or drop a failure. */
export class Look {
  readonly #fn: Bare;
  readonly #definitions: Definitions;

  /** `fn` is the function that is read. */
  constructor(fn: Bare, definitions: Definitions) {
    this.#fn = fn;
    this.#definitions = definitions;
  }

  /** Whether a statement always fails. */
  fails(statement: Bare): boolean {
    if (statement.type === 'raise_statement') return true;
    if (statement.type === 'assert_statement') return statement.children[0] !== undefined && stated(statement.children[0]).some(({ fails }) => fails);
    const call = statement.type === 'expression_statement' ? statement.children[0] : undefined;
    if (call?.type !== 'call') return false;
    const found = assertedBy(call);
    return found === 'fail' || (found !== undefined && found.fails === true);
  }

  /** Whether a block ends in a failure if nothing in it raises. */
  raises(block: Bare): boolean {
    return block.children.some((statement) => this.fails(statement));
  }

  /** Whether an `except` goes on as if nothing had been. */
  drops(handler: Bare): boolean {
    const block = blockOf(handler);
    if (!block) return true;
    if (block.some(({ type }) => /^(raise_statement|assignment|augmented_assignment|return_statement|assert_statement)$/.test(type))) return false;
    if (keeps(handler, block)) return false;
    return !this.asserts(block) && !/\b(fail|skip|skipTest|exit)\s*\(/.test(block.text);
  }

  /** Whether there is an assertion in a node. */
  asserts(node: Bare): boolean {
    return node.some((one) => {
      if (one.type === 'assert_statement') return true;
      if (one.type !== 'call') return false;
      if (assertedBy(one) !== undefined || /(^|\.)(raises|assertRaises\w*)$/.test(one.get('function')?.text ?? '')) return true;
      const fn = this.#definitions.find(one.get('function')?.text ?? '', one)?.fn;
      return fn !== undefined && fn !== this.#fn && fn.some(({ type }) => type === 'assert_statement');
    });
  }
}

/** Whether what is caught is put somewhere to be looked at later, and not only shown: `errors.append(error)`. */
function keeps(handler: Bare, block: Bare): boolean {
  const caught = handler.children.find(({ type }) => type === 'as_pattern')?.get('alias')?.text;
  if (caught === undefined) return false;
  const puts = (call: Bare) =>
    call.type === 'call' && /\.(append|add|put|put_nowait|set_exception|set_result|setdefault|extend)$/.test(call.get('function')?.text ?? '');
  return block.some((one) => puts(one) && (one.get('arguments')?.some(({ type, text }) => type === 'identifier' && text === caught) ?? false));
}

/** The block of a clause. */
export function blockOf(clause: Bare): Bare | undefined {
  return clause.children.find(({ type }) => type === 'block');
}
