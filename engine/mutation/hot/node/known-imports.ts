import { statSync } from 'node:fs';
import Module, { type LoadFnOutput, type LoadHookContext, type ResolveFnOutput, type ResolveHookContext, syncBuiltinESMExports } from 'node:module';
import { fileURLToPath } from 'node:url';
import { realUrl } from './generation.ts';

/** A file's text and format, and its time of change when it was read, milliseconds. */
interface Loaded {
  changed: number;
  output: LoadFnOutput;
}

/**
 * What was found out about imported modules: a file that is loaded anew has another URL each time, by which Node does not know it. Nothing is remembered
 * where somebody else hooks into how modules are found, from the start or later: mocks answer otherwise from one time to the next.
 */
export class KnownImports {
  readonly #resolved = new Map<string, ResolveFnOutput>();
  readonly #loaded = new Map<string, Loaded>();
  #othersHook: boolean;

  /** @param nodeArgs what Node was started with, apart from what is ours */
  constructor(nodeArgs: readonly string[]) {
    this.#othersHook = nodeArgs.some((argument) => /--(import|loader|experimental-loader)\b/.test(argument));
    for (const name of ['register', 'registerHooks'] as const) {
      const theirs = Module[name] as (...args: unknown[]) => unknown;
      Object.assign(Module, {
        [name]: (...args: unknown[]) => {
          this.#othersHook = true;
          return theirs.apply(Module, args);
        },
      });
    }
    syncBuiltinESMExports();
  }

  /** Where an import leads to; undefined where that has to be found out by `find`, each time anew. */
  resolve(
    specifier: string,
    { parentURL, conditions, importAttributes }: ResolveHookContext,
    find: () => ResolveFnOutput,
  ): ResolveFnOutput | undefined {
    if (this.#othersHook || conditions.includes('require')) return undefined;
    const key = JSON.stringify([specifier, realUrl(parentURL ?? ''), importAttributes]);
    const known = this.#resolved.get(key);
    if (known) return known;
    const resolved = find();
    this.#resolved.set(key, resolved);
    return resolved;
  }

  /** The text behind an import, read again where the file changed; undefined where it has to be found out by `read`, each time anew. */
  load(url: string, { conditions }: LoadHookContext, read: () => LoadFnOutput): LoadFnOutput | undefined {
    if (this.#othersHook || conditions.includes('require') || !url.startsWith('file:')) return undefined;
    const real = realUrl(url);
    const changed = statSync(fileURLToPath(real), { throwIfNoEntry: false })?.mtimeMs;
    if (changed === undefined) return undefined;
    const known = this.#loaded.get(real);
    if (known?.changed === changed) return known.output;
    const output = read();
    if (output.format === 'module') this.#loaded.set(real, { changed, output });
    return output;
  }
}
