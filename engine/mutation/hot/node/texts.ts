import fs from 'node:fs';
import Module, { registerHooks, syncBuiltinESMExports } from 'node:module';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { ENV } from '../worker/names.ts';
import { realUrl } from './generation.ts';

/** How often the texts are looked for, milliseconds: a worker may start before they are made. */
const LOOK_MS = 5;
/** Where our own code lies. */
const OURS = path.dirname(path.dirname(fileURLToPath(import.meta.url)));

const read = fs.readFileSync;
const { load } = Module.prototype as unknown as { load(this: Module, filename: string): void };
const register = Module.register;
/** The JSON object with the texts of this process's run, by absolute path. */
const textsFile = process.env[ENV.texts] as string;
let texts: ReadonlyMap<string, string> | undefined;

/**
 * The text that stands in for a file. Waits until it is known which files have one; for packages and our own code, which never have, it need not.
 *
 * @param file absolute path
 */
export function servedText(file: string): string | undefined {
  if (file.startsWith(OURS) || file.includes(`${path.sep}node_modules${path.sep}`)) return undefined;
  while (!texts) {
    try {
      texts = new Map(Object.entries(JSON.parse(read(textsFile, 'utf8') as string) as Record<string, string>));
    } catch {
      Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, LOOK_MS);
    }
  }
  return texts.get(file);
}

/**
 * Serves the texts wherever a module is loaded, before any other hook: the user's loaders and compilers get them in place of what is on the disk.
 *
 * @param loaderHooks URL of the module that does the same in the thread of asynchronous loaders
 * @param hasThread whether it is there already, before the loaders that the user gave to Node
 */
export function serveTexts(loaderHooks: string, hasThread: boolean): void {
  let inThread = hasThread;
  registerHooks({
    load(url, context, next) {
      const loaded = next(url, context);
      // What is imported comes from that thread, where loaders may have made something else of our text.
      if (inThread && !context.conditions.includes('require')) return loaded;
      const text = url.startsWith('file:') && loaded.source != null ? servedText(fileURLToPath(realUrl(url))) : undefined;
      return text === undefined ? loaded : { ...loaded, source: text };
    },
  });
  serveReads();
  Module.register = ((...args: Parameters<typeof register>) => {
    // Theirs come before ours, and get what ours load.
    if (!inThread) register(loaderHooks);
    inThread = true;
    register(...args);
  }) as typeof register;
  syncBuiltinESMExports();
}

/** Compilers that take the place of Node's own handler for a file ending read the file by themselves. */
function serveReads(): void {
  let loading: string | undefined;
  (Module.prototype as unknown as { load: typeof load }).load = function (filename) {
    const before = loading;
    loading = filename;
    try {
      load.call(this, filename);
    } finally {
      loading = before;
    }
  };
  fs.readFileSync = function (this: unknown, ...args: Parameters<typeof read>) {
    const text = loading !== undefined && args[0] === loading ? servedText(loading) : undefined;
    if (text === undefined) return read.apply(this, args);
    loading = undefined;
    return args[1] ? text : Buffer.from(text);
  } as typeof read;
}
