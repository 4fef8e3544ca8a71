const NAMES = ['beforeAll', 'afterAll', 'beforeEach', 'afterEach'] as const;
type Register = (...args: unknown[]) => unknown;

/**
 * Remembers the hooks that a dependency registers while it is loaded for the first time, as Testing Library does with its clean-up: Node keeps
 * what it loaded from node_modules, so a file that is loaded anew in the same process would go without them. Only global functions can be watched.
 */
export class DependencyHooks {
  readonly #known: { register: Register; args: unknown[] }[] = [];

  constructor(global: Record<string, unknown>) {
    for (const name of NAMES) {
      const original = global[name];
      if (typeof original !== 'function') continue;
      const register = original as Register;
      global[name] = (...args: unknown[]) => {
        if (calledByDependency()) this.#known.push({ register, args });
        return register(...args);
      };
    }
  }

  /** Registers the hooks that are known again, in the file that is about to be loaded. */
  again(): void {
    for (const { register, args } of this.#known) register(...args);
  }
}

/** Whether the function that called the hook stands in node_modules. */
function calledByDependency(): boolean {
  const limit = Error.stackTraceLimit;
  Error.stackTraceLimit = 4;
  const [, , , caller = ''] = (new Error().stack ?? '').split('\n');
  Error.stackTraceLimit = limit;
  return caller.includes('/node_modules/') && !/node_modules\/(?:\.[^/]+\/[^/]+\/node_modules\/)?(?:vitest|@vitest)\//.test(caller);
}
