import Module, { createRequire, registerHooks } from 'node:module';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { generationOf, generationUrl, realUrl, requiredUrl } from './generation.ts';
import { requiredAsModule } from './module-format.ts';

type Compile = (this: Module, content: string, filename: string, format?: string) => unknown;
const internals = Module as unknown as { _extensions: Record<string, (module: Module, filename: string) => void> };
const prototype = Module.prototype as unknown as { load(this: Module, filename: string): void; _compile: Compile };
const { cache } = createRequire(import.meta.url);

/** Where our own code lies. */
const OURS = path.dirname(path.dirname(fileURLToPath(import.meta.url)));

/** What a file became before it was run, and the handler that did it. */
interface Compiled {
  handler: unknown;
  content: string;
  format: string | undefined;
}

/**
 * The modules of the workspace in this process, which can be made anew: CommonJS is taken out of its cache, ES modules get other URLs.
 * What lies in node_modules stays; so does what is kept, such as a compiler's hook.
 */
export class Modules {
  #generation = 1;
  readonly #kept = new Set<string>();
  readonly #compiled = new Map<string, Compiled>();
  readonly #mayRequireModule: (parentUrl: string) => boolean;

  /** @param mayRequireModule whether what lies at a URL may require ES modules; where not, it is told that it cannot, as by older Nodes. */
  constructor(mayRequireModule: (parentUrl: string) => boolean) {
    this.#mayRequireModule = mayRequireModule;
    this.#tellGenerations();
    this.#keepCompiled();
  }

  /** From now on the workspace's modules are loaded anew. */
  renew(): void {
    this.#generation++;
    for (const file of Object.keys(cache)) if (this.#isRenewed(file)) delete cache[file];
    for (const module of Object.values(cache)) {
      if (module?.children.some(({ filename }) => !cache[filename])) module.children = module.children.filter(({ filename }) => cache[filename]);
    }
  }

  /** Never loads a file anew. */
  keep(file: string): void {
    this.#kept.add(file);
  }

  #isRenewed(file: string): boolean {
    return path.isAbsolute(file) && !file.includes(`${path.sep}node_modules${path.sep}`) && !file.startsWith(OURS) && !this.#kept.has(file);
  }

  #tellGenerations(): void {
    registerHooks({
      resolve: (specifier, context, next) => {
        const resolved = next(specifier, context);
        if (!resolved.url.startsWith('file:')) return resolved;
        const file = fileURLToPath(realUrl(resolved.url));
        if (!this.#isRenewed(file)) return resolved;
        const generation = generationOf(context.parentURL) ?? String(this.#generation);
        if (!context.conditions.includes('require')) return { ...resolved, url: generationUrl(resolved.url, generation) };
        if (!requiredAsModule(file)) return resolved;
        if (!this.#mayRequireModule(context.parentURL ?? '')) throw Object.assign(new Error(`${file} is an ES module.`), { code: 'ERR_REQUIRE_ESM' });
        return { ...resolved, url: requiredUrl(resolved.url, generation), format: 'module' };
      },
      load: (url, context, next) => {
        const generation = /\.assay-(\d+)/.exec(url)?.[1];
        return next(generation === undefined ? url : generationUrl(url, generation), context);
      },
    });
  }

  /** A file is read and compiled once; after that it is only run anew. */
  #keepCompiled(): void {
    const { load, _compile: compile } = prototype;
    const compiled = this.#compiled;
    const isRenewed = (file: string) => this.#isRenewed(file);
    prototype._compile = function (content, filename, format) {
      if (isRenewed(filename) && format !== 'module' && cache[filename] === this)
        compiled.set(filename, { handler: handlerOf(filename), content, format });
      return compile.call(this, content, filename, format);
    };
    prototype.load = function (filename) {
      const before = compiled.get(filename);
      if (!before || before.handler !== handlerOf(filename) || !isRenewed(filename)) return load.call(this, filename);
      const handlers = internals._extensions;
      internals._extensions = new Proxy(handlers, {
        get: () => () => {
          internals._extensions = handlers;
          compile.call(this, before.content, filename, before.format);
        },
      });
      try {
        load.call(this, filename);
      } finally {
        internals._extensions = handlers;
      }
    };
  }
}

function handlerOf(filename: string): unknown {
  return internals._extensions[path.extname(filename)] ?? internals._extensions['.js'];
}
