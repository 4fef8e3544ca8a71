const { Promise: ownPromise, Map: OwnMap, Set: OwnSet, WeakMap: OwnWeakMap, Symbol: ownSymbol, JSON: ownJson } = globalThis;

/**
 * What the language made global before any test ran: tests take some of it away, and what runs them has to go on. `esbuild.mjs` puts these in the place of
 * the names wherever code of ours says them.
 */
export { OwnMap as Map, OwnSet as Set, OwnWeakMap as WeakMap, ownJson as JSON, ownPromise as Promise, ownSymbol as Symbol };
