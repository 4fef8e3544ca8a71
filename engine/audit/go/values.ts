import type { Bare } from '../../syntax/index.ts';
import type { FunctionFinder } from '../reading/index.ts';
import { isConstant, plain } from './facts.ts';

/** How far a name is followed to what it is set to. */
const DEPTH = 6;
/** Functions whose result has as many elements as what they are given, or at least one. */
const KEEPS = /^(maps|slices|sort|strings|bytes)\.\w+$|^append$/;

/** What {@link declarations} has read. */
const DECLARATIONS = new WeakMap<Bare, ReadonlyMap<string, Bare>>();

/** What names in a test are set to, and how many elements that has where it is written out. */
export class GoValues {
  readonly #fn: Bare | undefined;
  readonly #find: FunctionFinder;

  /** `fn` is the function of the test, in which names are looked for first. */
  constructor(fn: Bare | undefined, find: FunctionFinder) {
    this.#fn = fn;
    this.#find = find;
  }

  /** How many elements something has that is written out, here or in a helper that makes it; undefined where it may have none. */
  count(node: Bare, depth = DEPTH): number | undefined {
    const value = this.#written(node, depth);
    return value && (value.get('body')?.children.length || undefined);
  }

  /** Whether a field of some row of a table has elements that are written out: `tt.parts`. */
  isFilledField(field: Bare, table: Bare | undefined): boolean {
    const name = field.get('field')?.text;
    const rows = (table && this.#written(table, DEPTH))?.get('body')?.children ?? [];
    return rows.some((row) => isFilledIn(row, name));
  }

  /** What a name is set to: in the test, in its file, or in its package. */
  of(name: string): Bare | undefined {
    const inFn = declared(this.#fn, name);
    if (inFn) return inFn;
    let root = this.#fn;
    while (root?.parent) root = root.parent;
    return (root === this.#fn ? undefined : declaredIn(root, name)) ?? this.#find.value?.(name);
  }

  /** The literal that an expression comes to. */
  #written(node: Bare, depth: number): Bare | undefined {
    const value = plain(node);
    if (depth === 0) return undefined;
    if (value.type === 'composite_literal') return value;
    if (value.type === 'unary_expression') return value.children[0] && this.#written(value.children[0], depth - 1);
    if (value.type === 'identifier' || value.type === 'selector_expression') {
      const written = this.of(value.text);
      return written && written !== value ? this.#written(written, depth - 1) : undefined;
    }
    return value.type === 'call_expression' ? this.#made(value, depth) : undefined;
  }

  /** The literal that a call makes its result of: `len(table)`, `tests()`, `forAll(func() []row { return []row{…} })`. */
  #made(call: Bare, depth: number): Bare | undefined {
    const callee = call.get('function');
    const args = call.get('arguments')?.children ?? [];
    const [first] = args;
    if (callee?.text === 'len' || KEEPS.test(callee?.text ?? '')) {
      const filled = args.map((arg) => this.#written(arg, depth - 1)).find((one) => (one?.get('body')?.children.length ?? 0) > 0);
      return filled ?? (first && this.#written(first, depth - 1));
    }
    const helper = callee?.type === 'identifier' ? this.#find.find(callee.text) : undefined;
    const makers = [...(helper ? [helper] : []), ...args.filter(({ type }) => type === 'func_literal')];
    for (const maker of makers) {
      const results = maker.filter(({ type }) => type === 'return_statement').map((one) => one.children[0]?.children[0] ?? one.children[0]);
      const literals = results.map(
        (one) => one && (one.type === 'composite_literal' ? one : one.type === 'identifier' ? declared(maker, one.text) : undefined),
      );
      if (literals.length > 0 && literals.every((one) => one?.type === 'composite_literal' && (one.get('body')?.children.length ?? 0) > 0))
        return literals[0];
    }
    return args.find((arg) => arg.type === 'composite_literal' && (arg.get('body')?.children.length ?? 0) > 0 && /^\[\]|^map\[/.test(arg.text));
  }
}

/** What a name is set to first in a part of a file. */
function declared(scope: Bare | undefined, name: string): Bare | undefined {
  return scope && declarations(scope).get(name);
}

/** What is first declared by each name in a scope. A function has as many names to look up as it is long, so that it is read once. */
function declarations(scope: Bare): ReadonlyMap<string, Bare> {
  const known = DECLARATIONS.get(scope);
  if (known) return known;
  const found = new Map<string, Bare>();
  const seen = new Set<string>();
  for (const one of scope.filter(({ type }) => /^(short_var_declaration|var_spec|const_spec)$/.test(type))) {
    const name = one.get('left')?.children[0]?.text ?? one.get('name')?.text;
    const value = one.get('right')?.children[0] ?? one.get('value')?.children[0];
    if (name === undefined || seen.has(name)) continue;
    seen.add(name);
    if (value) found.set(name, value);
  }
  DECLARATIONS.set(scope, found);
  return found;
}

/** What a name is set to on the top level of a file. */
export function declaredIn(root: Bare | undefined, name: string): Bare | undefined {
  return root?.children
    .filter(({ type }) => /^(var|const)_declaration$/.test(type))
    .map((one) => declared(one, name))
    .find(Boolean);
}

function isFilledIn(row: Bare, name: string | undefined): boolean {
  let value: Bare | undefined = row.type === 'keyed_element' ? row.children.at(-1) : row;
  while (value && /^(literal_element|unary_expression)$/.test(value.type)) value = value.children[0];
  const fields = (value?.type === 'composite_literal' ? value.get('body') : value)?.children ?? [];
  const field = fields.find((one) => one.type === 'keyed_element' && one.children[0]?.text === name);
  let given = field?.children.at(-1);
  while (given?.type === 'literal_element') given = given.children[0];
  if (given?.type === 'composite_literal') return (given.get('body')?.children.length ?? 0) > 0;
  return given !== undefined && isConstant(given) && given.type !== 'nil' && !/^(""|``|0)$/.test(given.text);
}
