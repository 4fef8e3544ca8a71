/** What a test file declares with node:test, and what node:test knows of it. */

export type Fn = (this: unknown, ...args: never[]) => unknown;
export type HookName = 'before' | 'after' | 'beforeEach' | 'afterEach';

export interface Options {
  skip?: boolean | string;
  todo?: boolean | string;
  only?: boolean;
  timeout?: number;
  plan?: number;
  signal?: AbortSignal;
  expectFailure?: unknown;
}

export interface Hook {
  fn: Fn;
  timeout: number | undefined;
}

/** A suite or a test: both may hold tests. */
export class Node {
  readonly kind: 'suite' | 'test';
  readonly name: string;
  readonly fn: Fn;
  readonly options: Options;
  readonly parent: Node | undefined;
  readonly children: Node[] = [];
  readonly hooks: Record<HookName, Hook[]>;
  #ownAfterEach = 0;
  /** Why the body of a suite failed. */
  error: unknown;
  /** Whether what stands before the first child was done. */
  begun = false;

  constructor(kind: 'suite' | 'test', name: string, fn: Fn, options: Options, parent?: Node) {
    this.kind = kind;
    this.name = name;
    this.fn = fn;
    this.options = options;
    this.parent = parent;
    this.hooks = { before: [], after: [], beforeEach: [...(parent?.hooks.beforeEach ?? [])], afterEach: [...(parent?.hooks.afterEach ?? [])] };
  }

  /** Hooks after each test run before those of what is around it, otherwise as they are declared. */
  addHook(name: HookName, hook: Hook): void {
    if (name === 'afterEach') this.hooks.afterEach.splice(this.#ownAfterEach++, 0, hook);
    else this.hooks[name].push(hook);
  }

  /** Forgets what the last run of a test declared while it ran. */
  reset(): void {
    this.children.length = 0;
    this.begun = false;
    this.#ownAfterEach = 0;
    Object.assign(this.hooks, {
      before: [],
      after: [],
      beforeEach: [...(this.parent?.hooks.beforeEach ?? [])],
      afterEach: [...(this.parent?.hooks.afterEach ?? [])],
    });
  }

  get fullName(): string {
    return this.path().join(' > ');
  }

  get skipped(): boolean {
    return isSet(this.options.skip) || (this.parent?.skipped ?? false);
  }

  /** A test that is still to be done runs, and may fail. */
  get todo(): boolean {
    return isSet(this.options.todo) || (this.parent?.todo ?? false);
  }

  path(): string[] {
    return this.parent ? [...this.parent.path(), this.name] : [];
  }
}

function isSet(value: boolean | string | undefined): boolean {
  return value !== undefined && value !== false;
}
