import traverse, { type Scope } from '@babel/traverse';
import type { Ast } from './parse.ts';

/** What is found in a tree at once. */
export interface Scopes {
  /** The scope of each node that has one of its own. */
  readonly of: ReadonlyMap<unknown, Scope>;
  /** Whether there is markup, which calls functions that it does not name. */
  readonly hasMarkup: boolean;
}

/** Finds the scopes of a tree as it is now. */
export function scopesOf(root: Ast['root']): Scopes {
  const scopes = new Map<unknown, Scope>();
  let hasMarkup = false;
  traverse(root, {
    Scopable: ({ node, scope }) => void scopes.set(node, scope),
    JSX: () => {
      hasMarkup = true;
    },
  });
  return { of: scopes, hasMarkup };
}
