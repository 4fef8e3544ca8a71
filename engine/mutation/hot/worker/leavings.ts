import module from 'node:module';
import { pathToFileURL } from 'node:url';

/** Where what a framework itself consists of lies: it imports for the test files. */
const FRAMEWORK = /\/node_modules\/(?:vitest|vite|vite-node|@vitest)\//;
/** The CommonJS modules of this process. */
const { cache } = module.createRequire(import.meta.url);
/** Global names of frameworks and of ours, which come as they are needed. */
const OWN_NAMES = /^__(?:vitest|vite|stryker|assay)/;

/**
 * What test files leave behind in their process that no module of theirs holds, and that the next file would not find in a process of its own: modules of
 * node_modules, which Node keeps and of which one may change another, and global names.
 */
export class Leavings {
  readonly #global: object;
  /** Global names and modules that are there before any test. */
  readonly #names: ReadonlySet<string>;
  readonly #required: ReadonlySet<string>;
  /** What each module of node_modules imports. */
  readonly #imports = new Map<string, Set<string>>();
  /** What each file imports, also where it does not with a mutant, and what was loaded before the one at hand. */
  readonly #own = new Map<string, Set<string>>();
  #before: readonly string[] = [];
  /** The file at hand, and which files left global names and changed what belongs to the standard or to Node. */
  #file = '';
  readonly #leavers = new Map<string, string>();
  readonly #changers = new Set<string>();

  /** @param global the global object of the realm that tests run in, before any of them */
  constructor(global: object) {
    this.#global = global;
    this.#names = new Set(Object.getOwnPropertyNames(global));
    this.#required = new Set(Object.keys(cache).map(urlOf));
    // Older Nodes have none.
    module.registerHooks?.({
      resolve: (specifier, context, next) => {
        const found = next(specifier, context);
        this.#note(context.parentURL ?? '', found.url);
        return found;
      },
    });
  }

  /** A test file begins. */
  begin(file: string): void {
    for (const name of Object.getOwnPropertyNames(this.#global)) {
      if (!this.#names.has(name) && !OWN_NAMES.test(name) && !this.#leavers.has(name)) this.#leavers.set(name, this.#file);
    }
    this.#file = file;
    this.#before = [...this.#imports.keys()];
    if (!this.#own.has(file)) this.#own.set(file, new Set());
  }

  /** What the file at hand changed of the standard or of Node stays as it is. */
  keepChanges(): void {
    this.#changers.add(this.#file);
  }

  /** Whether there was something when the file at hand began that it does not load by itself. Known once it is loaded. */
  get foreign(): boolean {
    for (const leaver of [...this.#leavers.values(), ...this.#changers]) if (leaver !== this.#file) return true;
    if (this.#before.length === 0) return false;
    this.#noteRequired();
    const own = new Set(this.#own.get(this.#file));
    for (const one of own) for (const imported of this.#imports.get(one) ?? []) own.add(imported);
    return this.#before.some((one) => !own.has(one));
  }

  /** Of what was required before from the same folder Node does not ask again where it is. */
  #noteRequired(): void {
    for (const parent of Object.values(cache)) {
      for (const { filename } of parent?.children ?? []) {
        if (filename?.includes('node_modules')) this.#note(urlOf(parent?.filename ?? ''), urlOf(filename));
      }
    }
  }

  #note(parent: string, url: string): void {
    if (!url.includes('/node_modules/') || FRAMEWORK.test(url) || this.#required.has(url)) return;
    if (!this.#imports.has(url)) this.#imports.set(url, new Set());
    if (parent.includes('/node_modules/') && !FRAMEWORK.test(parent)) this.#imports.get(parent)?.add(url);
    else this.#own.get(this.#file)?.add(url);
  }
}

function urlOf(file: string): string {
  return pathToFileURL(file).href;
}
