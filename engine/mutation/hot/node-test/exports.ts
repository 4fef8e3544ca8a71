import { registerHooks } from 'node:module';
import path from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { api } from './declare.ts';

/** Under this name on the global object the stand-in for node:test finds what it exports. */
const GLOBAL_NAME = '__assay_node_test__';
/** It lies nowhere, its text is served. */
const STAND_IN = path.join(path.dirname(fileURLToPath(import.meta.url)), 'assay-node-test');

/** From now on whoever loads node:test gets what notes tests for us. */
export function replaceNodeTest(): void {
  const exported = api.exports();
  Object.defineProperty(globalThis, GLOBAL_NAME, { value: exported, enumerable: false });
  const text = {
    [pathToFileURL(`${STAND_IN}.cjs`).href]: { format: 'commonjs', source: `module.exports = globalThis.${GLOBAL_NAME};` },
    [pathToFileURL(`${STAND_IN}.mjs`).href]: {
      format: 'module',
      source: `const all = globalThis.${GLOBAL_NAME};export default all;export const {${Object.keys(exported).join()}} = all;`,
    },
  };
  registerHooks({
    resolve: (specifier, context, next) =>
      specifier === 'node:test'
        ? { url: pathToFileURL(`${STAND_IN}.${context.conditions.includes('require') ? 'cjs' : 'mjs'}`).href, shortCircuit: true }
        : next(specifier, context),
    load: (url, context, next) => {
      const served = text[url];
      return served ? { ...served, shortCircuit: true } : next(url, context);
    },
  });
}
