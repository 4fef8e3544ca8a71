import Module, { createRequire, syncBuiltinESMExports } from 'node:module';
import { mochaPart } from '../../mocha-package.ts';
import type { Modules } from '../node/modules.ts';
import { servedText } from '../node/texts.ts';
import { switchboard } from '../worker/link.ts';
import type { GlobalFixture, Plugins } from './mocha-types.ts';
import type { MochaPlan } from './plan.ts';

type Helpers = { handleRequires(requires: string[]): Promise<Plugins> };
type RootHooks = NonNullable<Plugins['rootHooks']>;

const { cache } = createRequire(import.meta.url);

/**
 * The modules that Mocha is told to require. They are loaded anew with the tests, for they may hold what the tests use; those that change
 * how modules are loaded stay, and so do those that can be loaded only once in a process: they change what cannot be changed twice.
 */
export class Requires {
  readonly #helpers: Helpers | undefined;
  readonly #modules: Modules;
  #names: string[];
  /** The root hooks that the renewed ones brought when they were loaded first, by name. */
  readonly #firstHooks = new Map<string, RootHooks>();
  #kept: RootHooks[] = [];
  #teardowns: GlobalFixture[] = [];
  #loads = 0;
  readonly #fixtureContext = {};

  constructor({ directory, options }: MochaPlan, modules: Modules) {
    this.#helpers = mochaPart<Helpers>(directory, 'cli/run-helpers');
    this.#names = [options.require ?? []].flat();
    this.#modules = modules;
  }

  /** Makes all modules new and loads these. Answers the root hooks that they bring. */
  async load(): Promise<RootHooks> {
    if (this.#loads === 1) await switchboard.without(() => this.#tryAgain());
    if (this.#loads > 0) this.#modules.renew();
    const plugins = this.#loads > 0 ? [await this.#require(this.#names)] : await this.#first();
    this.#loads++;
    return merge([...this.#kept, ...plugins.map(({ rootHooks }) => rootHooks ?? {})]);
  }

  /** Runs the global teardowns, if the global setups ran. */
  async tearDown(): Promise<void> {
    for (const teardown of this.#teardowns) await teardown.call(this.#fixtureContext);
  }

  async #first(): Promise<Plugins[]> {
    const plugins: Plugins[] = [];
    const renewed: string[] = [];
    for (const name of this.#names) {
      const { loaded, changesLoading } = await observe(() => this.#require([name]));
      plugins.push(loaded);
      if (!changesLoading) {
        renewed.push(name);
        this.#firstHooks.set(name, loaded.rootHooks ?? {});
        continue;
      }
      if (loaded.rootHooks) this.#kept.push(loaded.rootHooks);
      this.#keepLoaded(name);
    }
    for (const { globalSetup } of plugins) for (const setup of globalSetup ?? []) await setup.call(this.#fixtureContext);
    this.#teardowns = plugins.flatMap(({ globalTeardown }) => globalTeardown ?? []);
    this.#names = renewed;
    return plugins.filter(({ rootHooks }) => !rootHooks || !this.#kept.includes(rootHooks));
  }

  /** Finds out, with no mutant on, what cannot be loaded a second time. */
  async #tryAgain(): Promise<void> {
    const counted = switchboard.record(undefined);
    this.#modules.renew();
    for (const name of this.#names) {
      try {
        await this.#require([name]);
      } catch {
        this.#names = this.#names.filter((other) => other !== name);
        this.#kept.push(this.#firstHooks.get(name) ?? {});
      }
    }
    switchboard.record(counted);
  }

  /** What a compiler's hook consists of stays. */
  #keepLoaded(name: string): void {
    for (const file of Object.keys(cache)) {
      if (servedText(file) !== undefined) throw new Error(`${name} changes how modules are loaded and loads mutated code itself`);
      this.#modules.keep(file);
    }
  }

  async #require(names: string[]): Promise<Plugins> {
    return (await this.#helpers?.handleRequires(names)) ?? {};
  }
}

/** Loads something and notices whether that changes how modules are loaded: a compiler, a loader. */
async function observe<Loaded>(load: () => Promise<Loaded>): Promise<{ loaded: Loaded; changesLoading: boolean }> {
  const { _extensions: handlers } = Module as unknown as { _extensions: Record<string, unknown> };
  const before = { ...handlers };
  const { register, registerHooks } = Module;
  let registered = false;
  const notice = <Fn extends (...args: never[]) => unknown>(fn: Fn) =>
    function (this: unknown, ...args: Parameters<Fn>) {
      registered = true;
      return fn.apply(this, args);
    } as unknown as Fn;
  Module.register = notice(register);
  Module.registerHooks = notice(registerHooks);
  syncBuiltinESMExports();
  try {
    const loaded = await load();
    return { loaded, changesLoading: registered || Object.keys(handlers).some((ending) => handlers[ending] !== before[ending]) };
  } finally {
    Module.register = register;
    Module.registerHooks = registerHooks;
    syncBuiltinESMExports();
  }
}

function merge(all: RootHooks[]): RootHooks {
  const merged: Record<string, unknown[]> = {};
  for (const hooks of all) for (const [name, list] of Object.entries(hooks)) merged[name] = [...(merged[name] ?? []), ...(list ?? [])];
  return merged;
}
