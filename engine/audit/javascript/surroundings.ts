import type { Bare } from '../../syntax/index.ts';
import { enclosingFunction, parameterNames } from './script.ts';

/** Tells the innermost function around a test that says what its names and its state are: by declarations, parameters or hooks. */
export class Surroundings {
  readonly #known = new Map<Bare, Bare>();
  readonly #root: Bare;

  constructor(root: Bare) {
    this.#root = root;
  }

  /** The function around a test; the whole script where there is none. */
  of(node: Bare): Bare {
    const fn = enclosingFunction(node);
    if (!fn) return this.#root;
    let known = this.#known.get(fn);
    if (!known) {
      known = parameterNames(fn).length > 0 || (fn.get('body')?.children ?? []).some(says) ? fn : this.of(fn);
      this.#known.set(fn, known);
    }
    return known;
  }
}

function says(statement: Bare): boolean {
  if (/declaration$/.test(statement.type)) return true;
  const inner = statement.type === 'expression_statement' ? statement.children[0] : undefined;
  return inner?.type === 'call_expression' && /^(before|after|setup|teardown|use)/.test(inner.text);
}
