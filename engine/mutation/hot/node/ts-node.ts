import { existsSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import path from 'node:path';
import { Remembered } from '../worker/remembered.ts';

/** How many texts are kept, about: each edit of a file makes another. */
const MOST_TEXTS = 5000;
/** By what ts-node knows the compiler that it registered in a process, in all versions since 8. */
const REGISTERED = Symbol.for('ts-node.register.instance');

/** ts-node's compiler. */
interface Service {
  compile(code: string, fileName: string, ...rest: unknown[]): string;
  options: { transformers?: unknown; transpiler?: unknown; swc?: unknown };
  config: { options: object };
  ts: { version: string };
}

const known = new WeakSet<Service>();

/**
 * Has ts-node, where it is registered in this process, compile only what it did not compile in an earlier run: in each process it would compile all that tests
 * load. Texts that are instrumented in a run are of no use to the next, and what other compilers or plugins of its make of a text is not known.
 *
 * @param folder absolute path; what is in it is thrown away when it is too much
 * @param directory absolute path of the package, whose manifest says what kind of modules files become
 * @param isInstrumented whether the text of a file is
 */
export function rememberCompiled(folder: string, directory: string, isInstrumented: (file: string) => boolean): void {
  const service = (process as unknown as Record<symbol, Service | undefined>)[REGISTERED];
  if (!service?.config || known.has(service)) return;
  known.add(service);
  const { options, config, ts } = service;
  if (options.transformers || options.transpiler || options.swc) return;
  prune(folder);
  const remembered = new Remembered<string>(folder);
  const manifest = path.join(directory, 'package.json');
  const settings = [ts.version, options, config.options, existsSync(manifest) ? readFileSync(manifest, 'utf8') : ''];
  const compile = service.compile.bind(service);
  service.compile = (code, fileName, ...rest) => {
    if (rest.some((one) => one) || isInstrumented(fileName)) return compile(code, fileName, ...rest);
    return remembered.get([settings, fileName, code], () => compile(code, fileName));
  };
}

function prune(folder: string): void {
  try {
    if (readdirSync(folder).length > MOST_TEXTS) rmSync(folder, { recursive: true, force: true });
  } catch {
    // There is none yet.
  }
}
