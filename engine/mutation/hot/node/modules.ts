import Module, { createRequire, registerHooks } from 'node:module';
import path from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { KeptFunctions } from '../worker/kept-functions.ts';
import { generationOf, generationUrl, isRequiredPath, realUrl, requiredPath } from './generation.ts';
import { keptModule, type ModuleFunction } from './kept-module.ts';
import type { KnownImports } from './known-imports.ts';
import { becomesModule } from './module-format.ts';

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
  readonly #loaded = new Set<string>();
  readonly #compiled = new Map<string, Compiled>();
  readonly #mayRequireModule: (parentUrl: string) => boolean;
  readonly #known: KnownImports | undefined;

  /**
   * @param mayRequireModule whether what lies at a URL may require ES modules; where not, it is told that it cannot, as by older Nodes
   * @param known what is known of modules that were imported before; where missing, all is found out anew each time
   */
  constructor(mayRequireModule: (parentUrl: string) => boolean, known?: KnownImports) {
    this.#mayRequireModule = mayRequireModule;
    this.#known = known;
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

  /** The workspace's files that were loaded so far, absolute. */
  get loaded(): ReadonlySet<string> {
    return this.#loaded;
  }

  #isRenewed(file: string): boolean {
    return path.isAbsolute(file) && !file.includes(`${path.sep}node_modules${path.sep}`) && !file.startsWith(OURS) && !this.#kept.has(file);
  }

  #tellGenerations(): void {
    let required = { file: '', parent: '' };
    registerHooks({
      resolve: (specifier, context, next) => {
        if (isRequiredPath(specifier)) return { url: pathToFileURL(specifier).href, format: 'module', shortCircuit: true };
        const find = () => next(specifier, context);
        const resolved = this.#known?.resolve(specifier, context, find) ?? find();
        if (!resolved.url.startsWith('file:')) return resolved;
        const file = fileURLToPath(realUrl(resolved.url));
        if (!this.#isRenewed(file)) return resolved;
        this.#loaded.add(file);
        if (!context.conditions.includes('require')) return { ...resolved, url: generationUrl(resolved.url, this.#generationFor(context.parentURL)) };
        required = { file, parent: context.parentURL ?? '' };
        return resolved;
      },
      load: (url, context, next) => {
        const { parent, file } = required;
        const read = () => next(isRequiredPath(url) ? generationUrl(url, this.#generationFor(url)) : url, context);
        const loaded = this.#known?.load(url, context, read) ?? read();
        if (!context.conditions.includes('require') || isRequiredPath(url) || url !== pathToFileURL(file).href) return loaded;
        if (!becomesModule(file, loaded.format, String(loaded.source ?? ''))) return loaded;
        if (!this.#mayRequireModule(parent)) throw Object.assign(new Error(`${file} is an ES module.`), { code: 'ERR_REQUIRE_ESM' });
        // Node knows ES modules that CommonJS requires by their path alone: each generation needs another.
        const source = `module.exports = require(${JSON.stringify(requiredPath(file, this.#generationFor(parent)))});`;
        return { format: 'commonjs', source, shortCircuit: true };
      },
    });
  }

  #generationFor(parentUrl: string | undefined): string {
    return generationOf(parentUrl) ?? String(this.#generation);
  }

  /** What a file becomes is found out once, and compiled once for all times after the first; after that it is only run anew. */
  #keepCompiled(): void {
    const { load, _compile: compile } = prototype;
    const compiled = this.#compiled;
    const isRenewed = (file: string) => this.#isRenewed(file);
    const kept = new KeptFunctions<ModuleFunction | undefined>();
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
          const { content, format } = before;
          compile.call(this, keptModule(kept, this, content, filename) ?? content, filename, format);
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
