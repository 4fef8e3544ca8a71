import type { Bare } from '../../syntax/index.ts';
import type { Named } from '../named.ts';

/** The functions, classes and values of a module, by their names. */
export class Definitions {
  readonly #functions = new Map<string, Bare>();
  readonly #classes = new Map<string, Bare>();
  readonly #values = new Map<string, Bare>();

  /** Functions that the project says assert. */
  readonly named: Named;

  constructor(root: Bare, named: Named) {
    this.named = named;
    for (const statement of root.children) {
      const node = undecorated(statement);
      if (node.type === 'function_definition') this.#functions.set(node.get('name')?.text ?? '', node);
      else if (node.type === 'class_definition') this.#classes.set(node.get('name')?.text ?? '', node);
      else this.#value(node, '');
    }
    for (const [name, node] of this.#classes) for (const statement of node.get('body')?.children ?? []) this.#value(statement, `${name}.`);
  }

  /** The function that is called by a name (`helper`, `self.check`, `Tester.check`) at a place. */
  find(name: string, at: Bare): Bare | undefined {
    const [first, second, more] = name.split('.');
    if (first === undefined || more !== undefined) return undefined;
    if (second === undefined) return this.#functions.get(first);
    const owner = first === 'self' || first === 'cls' ? enclosingClass(at) : this.#classes.get(first);
    return owner && this.#method(owner, second, 5);
  }

  /** What a name is set to: in the function, in a class, or in the module. */
  valueOf(name: string, fn: Bare | undefined): Bare | undefined {
    const set = fn?.filter((one) => one.type === 'assignment' && one.get('left')?.text === name) ?? [];
    const [only] = set;
    if (set.length === 1) return only?.get('right');
    if (set.length > 1) return undefined;
    const owner = fn && enclosingClass(fn)?.get('name')?.text;
    return this.#values.get(name.replace(/^(self|cls)\./, `${owner}.`));
  }

  #method(owner: Bare, name: string, depth: number): Bare | undefined {
    for (const statement of owner.get('body')?.children ?? []) {
      const node = undecorated(statement);
      if (node.type === 'function_definition' && node.get('name')?.text === name) return node;
    }
    if (depth === 0) return undefined;
    for (const base of owner.get('superclasses')?.children ?? []) {
      const parent = this.#classes.get(base.text);
      const found = parent && parent !== owner ? this.#method(parent, name, depth - 1) : undefined;
      if (found) return found;
    }
    return undefined;
  }

  #value(statement: Bare, prefix: string): void {
    const assignment = statement.type === 'expression_statement' ? statement.children[0] : undefined;
    const right = assignment?.type === 'assignment' ? assignment.get('right') : undefined;
    if (right) this.#values.set(`${prefix}${assignment?.get('left')?.text}`, right);
  }
}

/** A definition without its decorators. */
export function undecorated(node: Bare): Bare {
  return node.type === 'decorated_definition' ? (node.get('definition') ?? node) : node;
}

/** The decorators of a definition, without `@`. */
export function decoratorsOf(node: Bare): Bare[] {
  return node.type === 'decorated_definition'
    ? node.children.filter(({ type }) => type === 'decorator').flatMap(({ children }) => children.slice(0, 1))
    : [];
}

function enclosingClass(node: Bare): Bare | undefined {
  for (let at = node.parent; at; at = at.parent) if (at.type === 'class_definition') return at;
  return undefined;
}
