import type { Bare } from '../../../syntax/index.ts';
import { type Chain, chainOf, squeezed, withoutAwait } from '../chain.ts';
import { RECOGNIZERS } from '../frameworks/index.ts';
import { type HelperFinder, nameSaysAssert } from '../helpers.ts';
import type { Recognized } from '../recognized.ts';
import { parameterNames, type Script } from '../script.ts';
import { mentions } from './promises.ts';

/** What pieces of a test's code do about assertions: make some, fail, or drop a failure. */
export class Look {
  readonly #script: Script;
  readonly #helpers: HelperFinder;
  readonly #contexts: ReadonlySet<string>;
  readonly #enders: ReadonlySet<string>;
  readonly #asserting = new Map<Bare, boolean>();

  /** `contexts` are the names of what a test asserts with, `enders` of what ends it; both may grow. */
  constructor(script: Script, helpers: HelperFinder, contexts: ReadonlySet<string>, enders: ReadonlySet<string>) {
    this.#script = script;
    this.#helpers = helpers;
    this.#contexts = contexts;
    this.#enders = enders;
  }

  /** What a chain turns out to be. */
  recognize(chain: Chain): readonly Recognized[] {
    if (this.#helpers.isNamed(chain)) return [{ kind: 'check', fact: 'declared', subject: chain.node }];
    const place = { script: this.#script, contexts: this.#contexts };
    for (const recognize of RECOGNIZERS) {
      const found = recognize(chain, place);
      if (found) return Array.isArray(found) ? (found as readonly Recognized[]) : [found as Recognized];
    }
    return [];
  }

  /** Whether a `catch` drops what it caught: it neither throws nor fails nor looks at it, nor keeps it for later. */
  swallows(handler: Bare): boolean {
    const body = handler.get('body');
    if (!body) return true;
    if (
      body.some(({ type }) =>
        /^(throw_statement|variable_declarator|assignment_expression|augmented_assignment_expression|update_expression|return_statement)$/.test(type),
      )
    )
      return false;
    if (mentions(body, this.#enders) || this.asserts(body)) return false;
    const caught = handler.get('parameter');
    const isShown = (call: Bare) => /^(console|process|logger|log|debug)\b/.test(call.text);
    return !body.some(
      (call) => call.type === 'call_expression' && !isShown(call) && caught?.type === 'identifier' && mentions(call, new Set([caught.text])),
    );
  }

  /** Whether all that a `catch` asserts is that something was caught: a failed assertion is something, too. */
  takesAnything(handler: Bare): boolean {
    const caught = handler.get('parameter')?.text ?? parameterNames(handler)[0] ?? '';
    const body = handler.get('body');
    if (!/^[\w$]+$/.test(caught) || !body || (body.type === 'statement_block' && body.children.length !== 1)) return false;
    const [only] = body.type === 'statement_block' ? body.children : [body];
    const statement = only?.type === 'expression_statement' ? only.children[0] : only;
    if (statement?.type !== 'call_expression' && statement?.type !== 'member_expression') return false;
    const found = this.recognize(chainOf(statement));
    return (
      found.length > 0 && found.every((one) => one.kind === 'check' && /^(truth|exists)$/.test(one.fact) && squeezed(one.subject as Bare) === caught)
    );
  }

  /** Whether a block, if nothing in it throws, ends in a failure: then what its `catch` asserts is always asserted. */
  endsInFailure(block: Bare): boolean {
    return block.children.some((statement) => statement.type === 'throw_statement' || this.isFailure(statement));
  }

  /** Whether a statement always fails. */
  isFailure(statement: Bare): boolean {
    const expression = statement.type === 'expression_statement' || statement.type === 'return_statement' ? statement.children[0] : undefined;
    const inner = expression && withoutAwait(expression);
    if (!inner || (inner.type !== 'call_expression' && inner.type !== 'member_expression')) return false;
    const chain = chainOf(inner);
    if (/^(fail|reject|throwError|shouldNotGetHere|unreachable)$/.test(chain.root.text) && chain.links[0]?.args) return true;
    if (this.#enders.has(chain.root.text) && (chain.links[0]?.args?.length ?? 0) > 0) return true;
    return this.recognize(chain).some(({ kind }) => kind === 'fail');
  }

  /** Whether a branch ends in a failure. */
  leavesWithError(branch: Bare): boolean {
    const last = branch.type === 'statement_block' ? branch.children.at(-1) : branch.type === 'else_clause' ? branch.children[0] : branch;
    if (branch.type === 'else_clause' && last) return this.leavesWithError(last);
    return last?.type === 'throw_statement' || (last !== undefined && this.isFailure(last));
  }

  /** Whether there is an assertion in a node, outside of functions that are only defined there. */
  asserts(node: Bare): boolean {
    let known = this.#asserting.get(node);
    if (known === undefined) {
      // A helper that calls itself asserts only if something else in it does.
      this.#asserting.set(node, false);
      known = this.#looksAsserting(node);
      this.#asserting.set(node, known);
    }
    return known;
  }

  #looksAsserting(node: Bare): boolean {
    if (node.type === 'call_expression' || node.type === 'member_expression') {
      const chain = chainOf(node);
      if (this.recognize(chain).some(({ kind }) => kind !== 'count')) return true;
      const helper = this.#helpers.find(chain, this.#script);
      if (helper ? this.asserts(helper.fn.get('body') ?? helper.fn) : nameSaysAssert(chain)) return true;
    }
    if (/^(function_declaration|class_declaration|class)$/.test(node.type)) return false;
    return node.children.some((child) => this.asserts(child));
  }

  /** Whether a function, when it is called, fails. */
  alwaysFails(fn: Bare): boolean {
    const body = fn.get('body');
    if (!body) return fn.type === 'identifier' && /^(fail|unexpected|shouldFail|reject)/.test(fn.text);
    return body.type === 'statement_block' ? this.endsInFailure(body) : this.recognize(chainOf(body)).some(({ kind }) => kind === 'fail');
  }
}

/** Whether a block does what a test may be about: not only clean up. */
export function isActing(block: Bare): boolean {
  return (
    block.some(({ type }) => type === 'call_expression') &&
    !/\b(close|rm|remove|unlink|kill|destroy|stop|end|delete|cleanup|terminate|dispose|restore)\w*\(/i.test(block.text)
  );
}
