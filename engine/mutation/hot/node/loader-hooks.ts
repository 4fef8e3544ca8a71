import type { LoadHook } from 'node:module';
import { fileURLToPath } from 'node:url';
import { realUrl } from './generation.ts';
import { servedText } from './texts.ts';

/** Serves the texts in the thread of asynchronous loaders, before the user's own, which were registered with `module.register` or `--loader`. */
export const load: LoadHook = async (url, context, next) => {
  const loaded = await next(url, context);
  const text = url.startsWith('file:') && loaded.source != null ? servedText(fileURLToPath(realUrl(url))) : undefined;
  return text === undefined ? loaded : { ...loaded, source: text };
};
