import { existsSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { createRequire } from 'node:module';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { Remembered } from '../worker/remembered.ts';

/** How many texts are kept, about: each edit of a file makes another. */
const MOST_TEXTS = 5000;
/** By what ts-node knows the compiler that it registered in a process, in all versions since 8. */
const REGISTERED = Symbol.for('ts-node.register.instance');

/** By what ts-node finds the lines of what it compiled, in its versions since 10 and before. */
const FINDERS_OF_LINES = ['@cspotcode/source-map-support', 'source-map-support'];

/** ts-node's compiler. */
interface Service {
  compile(code: string, fileName: string, ...rest: unknown[]): string;
  options: { transformers?: unknown; transpiler?: unknown; swc?: unknown; compiler?: string };
  config: { options: { plugins?: unknown } };
  ts: { version: string };
}

const known = new WeakSet<Service>();
const { cache } = createRequire(import.meta.url);

/**
 * Has ts-node, where it is registered in this process, compile only what it did not compile in an earlier run: in each process it would compile all that tests
 * load. Texts that are instrumented in a run are of no use to the next, and what other compilers or plugins make of a text is not known.
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
  const { transformers, transpiler, swc, compiler = 'typescript' } = options;
  if (transformers || transpiler || swc || compiler !== 'typescript' || config.options.plugins) return;
  const outputs = new Map<string, string>();
  if (!findsLines(outputs)) return;
  prune(folder);
  const remembered = new Remembered<string>(folder);
  const manifest = path.join(directory, 'package.json');
  const settings = [ts.version, options, config.options, existsSync(manifest) ? readFileSync(manifest, 'utf8') : ''];
  const compile = service.compile.bind(service);
  service.compile = (code, fileName, ...rest) => {
    outputs.delete(fileName);
    if (rest.some((one) => one) || isInstrumented(fileName)) return compile(code, fileName, ...rest);
    const output = remembered.get([settings, fileName, code], () => compile(code, fileName));
    outputs.set(fileName, output);
    return output;
  };
}

/** Has stack traces name the lines of the source also where ts-node did not compile it in this process; answers whether they will. */
function findsLines(outputs: ReadonlyMap<string, string>): boolean {
  const home = Object.keys(cache).find((file) => /[\\/]ts-node[\\/]dist[\\/]index\.js$/.test(file));
  if (home === undefined) return false;
  const retrieveFile = (place: string) => outputs.get(place.startsWith('file:') ? fileURLToPath(place) : place) ?? '';
  return FINDERS_OF_LINES.some((name) => {
    try {
      createRequire(home)(name).install({ environment: 'node', retrieveFile });
      return true;
    } catch {
      return false;
    }
  });
}

function prune(folder: string): void {
  try {
    if (readdirSync(folder).length > MOST_TEXTS) rmSync(folder, { recursive: true, force: true });
  } catch {
    // There is none yet.
  }
}
