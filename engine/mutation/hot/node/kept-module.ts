import vm from 'node:vm';
import type { KeptFunctions } from '../worker/kept-functions.ts';

/** What Node makes of the text of a CommonJS module. */
export type ModuleFunction = (this: unknown, ...args: unknown[]) => unknown;

/** The name of what a module is handed its function by; it is gone when the function runs. */
const HAND_OVER = '__assay_function__';
const PARAMETERS = ['exports', 'require', 'module', '__filename', '__dirname'];

/**
 * A text for Node to compile in place of a CommonJS module's own, which runs the function that the own text was compiled to before. Undefined where Node
 * has to do it by itself: with what turns out to be an ES module, or imports one.
 */
export function keptModule(kept: KeptFunctions<ModuleFunction | undefined>, module: object, text: string, filename: string): string | undefined {
  const run = kept.get(filename, text, () => compiled(text, filename));
  if (!run) return undefined;
  const take = () => {
    Reflect.deleteProperty(module, HAND_OVER);
    return run;
  };
  Object.defineProperty(module, HAND_OVER, { configurable: true, get: take });
  return `return module.${HAND_OVER}.apply(this, arguments);${sourceMapOf(text)}`;
}

function compiled(text: string, filename: string): ModuleFunction | undefined {
  // What such a function imports would not be found without a warning that Node prints.
  if (/\bimport\s*\(/.test(text)) return undefined;
  try {
    return vm.compileFunction(text, PARAMETERS, { filename }) as ModuleFunction;
  } catch {
    return undefined;
  }
}

/** The last line of a text, where it says where the source map is: Node looks for it in what it compiles. */
function sourceMapOf(text: string): string {
  return /\n\/\/[#@] sourceMappingURL=\S+\s*$/.exec(text)?.[0] ?? '';
}
