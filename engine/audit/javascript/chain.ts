import type { Bare } from '../../syntax/index.ts';

export { squeezed } from '../text.ts';

/** A step of a chain: a property that is read, and what it is called with, where it is called. */
export interface Link {
  /** The property; undefined where the one before is called directly: `expect(x)`. */
  name?: string;
  /** Undefined where it is only read. */
  args?: readonly Bare[];
  node: Bare;
}

/** `root(a).b.c(d)` as what it begins with and the steps that follow. */
export interface Chain {
  root: Bare;
  links: Link[];
  /** The whole of it. */
  node: Bare;
}

/** The chain that a call or a property is the end of. */
export function chainOf(node: Bare): Chain {
  const links: Link[] = [];
  let at = node;
  for (;;) {
    if (at.type === 'call_expression') {
      const callee = unwrap(at.get('function'));
      const args = at.get('arguments');
      if (!callee) break;
      const values = args?.type === 'arguments' ? args.children : args ? [args] : [];
      const object = memberObject(callee);
      if (object) {
        links.push({ name: memberName(callee), args: values, node: at });
        at = object;
      } else {
        links.push({ args: values, node: at });
        at = callee;
      }
    } else {
      const object = memberObject(at);
      if (!object) break;
      links.push({ name: memberName(at), node: at });
      at = object;
    }
  }
  return { root: at, links: links.reverse(), node };
}

const WRAPPERS = new Set(['parenthesized_expression', 'as_expression', 'satisfies_expression', 'non_null_expression', 'type_assertion']);

/** What stands inside of parentheses, casts and `!`. */
export function unwrap(node: Bare | undefined): Bare | undefined {
  let at = node;
  while (at && WRAPPERS.has(at.type)) {
    const inner = at.type === 'type_assertion' ? at.children.at(-1) : at.children[0];
    if (!inner) break;
    at = inner;
  }
  return at;
}

/** What stands behind `await`, parentheses and casts. */
export function withoutAwait(node: Bare): Bare {
  const inner = unwrap(node);
  if (inner?.type === 'await_expression' && inner.children[0]) return withoutAwait(inner.children[0]);
  return inner ?? node;
}

/** Whether a node is a function that is written in place. */
export function isFunctionValue({ type }: Bare): boolean {
  return type === 'arrow_function' || type === 'function_expression' || type === 'generator_function';
}

/** What a string literal says; undefined for anything else. */
export function stringOf(node: Bare | undefined): string | undefined {
  if (node?.type === 'string') return node.text.slice(1, -1);
  if (node?.type === 'template_string' && node.children.every(({ type }) => type !== 'template_substitution')) return node.text.slice(1, -1);
  return undefined;
}

function memberObject(node: Bare): Bare | undefined {
  if (node.type !== 'member_expression' && node.type !== 'subscript_expression') return undefined;
  return unwrap(node.get('object'));
}

function memberName(node: Bare): string {
  if (node.type === 'member_expression') return node.get('property')?.text ?? '';
  const index = node.get('index');
  return stringOf(index) ?? `[${index?.text ?? ''}]`;
}
