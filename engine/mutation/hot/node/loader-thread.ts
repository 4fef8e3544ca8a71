import { pathToFileURL } from 'node:url';
import { shippedFile } from '../../../installation/index.ts';

/** URL of the module that serves the texts in the thread of asynchronous loaders. */
export const LOADER_HOOKS = pathToFileURL(shippedFile('dist', 'hot', 'loader-hooks.js')).href;
const OPTION = `--loader=${LOADER_HOOKS} `;

/** `NODE_OPTIONS` with our loader first, where these or Node's arguments name loaders: each gets what those before it load. */
export function withLoaderHooks(options: string | undefined, nodeArgs: readonly string[]): string | undefined {
  return [options ?? '', ...nodeArgs].some((one) => /(^|\s)--(experimental-)?loader\b/.test(one)) ? `${OPTION}${options ?? ''}` : options;
}

/** `NODE_OPTIONS` as they were without our loader. */
export function withoutLoaderHooks(options: string | undefined): string | undefined {
  return options?.startsWith(OPTION) ? options.slice(OPTION.length) : options;
}
