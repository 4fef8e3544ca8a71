import vm from 'node:vm';
import { KeptFunctions, KeptInContexts } from '../worker/kept-functions.ts';
import type { Runtime } from './jest-types.ts';

type Compile = (text: string, parameters?: readonly string[], options?: { filename?: string; parsingContext?: object }) => unknown;

/** Has a runtime compile each module once, however often it loads it anew: in Jest 29, where it makes a script of each. */
export function keepScripts(runtime: Runtime): void {
  const create = runtime.createScriptFromCode?.bind(runtime);
  if (!create) return;
  const kept = new KeptFunctions<unknown>();
  runtime.createScriptFromCode = (text, filename) =>
    kept.get(filename, text, () => {
      const made = create(text, filename);
      return isScript(made) ? runOnce(made) : made;
    });
}

interface Script {
  runInContext(...args: unknown[]): unknown;
}

function isScript(made: unknown): made is Script {
  return typeof (made as Partial<Script> | null)?.runInContext === 'function';
}

/** What it evaluates to is the module's function. */
function runOnce(script: Script): Script {
  let result: unknown;
  return {
    runInContext: (...args) => {
      result ??= script.runInContext(...args);
      return result;
    },
  };
}

/** The same since Jest 30, where a function is made of each, in all environments of this process. */
export function keepCompiledFunctions(): void {
  const { compileFunction } = vm as unknown as { compileFunction: Compile };
  const inContexts = new KeptInContexts<unknown>();
  const keeping: Compile = (text, parameters, options) => {
    const compile = () => compileFunction(text, parameters, options);
    const { filename, parsingContext } = options ?? {};
    if (!parsingContext || filename === undefined) return compile();
    return inContexts.of(parsingContext).get(filename, text, compile);
  };
  Object.assign(vm, { compileFunction: keeping });
}
