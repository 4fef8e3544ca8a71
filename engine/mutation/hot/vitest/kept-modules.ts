import vm from 'node:vm';
import { KeptFunctions, KeptInContexts } from '../worker/kept-functions.ts';

type Run = (code: string, ...rest: unknown[]) => unknown;

/** How Vitest begins each module, from version 2 on. */
const MODULE = "'use strict';async (";

/** Has Vitest compile each module once in this process, however often it loads it anew. */
export function keepModules(): void {
  const here = new KeptFunctions<unknown>();
  const inContexts = new KeptInContexts<unknown>();
  const { runInThisContext, runInContext } = vm as unknown as { runInThisContext: Run; runInContext: Run };
  const keep = (kept: KeptFunctions<unknown>, code: string, options: unknown, run: () => unknown) => {
    const { filename } = (options ?? {}) as { filename?: unknown };
    return typeof filename === 'string' && code.startsWith(MODULE) ? kept.get(filename, code, run) : run();
  };
  Object.assign(vm, {
    runInThisContext: (code: string, options: unknown) => keep(here, code, options, () => runInThisContext(code, options)),
    runInContext: (code: string, context: object, options: unknown) =>
      keep(inContexts.of(context), code, options, () => runInContext(code, context, options)),
  });
}
