import traverse, { type Scope } from '@babel/traverse';
import type { Ast } from './parse.ts';

/** The scope of each node that has one of its own. */
export type Scopes = ReadonlyMap<unknown, Scope>;

/** Finds the scopes of a tree as it is now. */
export function scopesOf(root: Ast['root']): Scopes {
  const scopes = new Map<unknown, Scope>();
  traverse(root, { Scopable: ({ node, scope }) => void scopes.set(node, scope) });
  return scopes;
}
