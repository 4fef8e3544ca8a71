import { assertModule } from './asserts.ts';
import { runningTest } from './invoke.ts';
import { type Fn, type Hook, type HookName, Node, type Options } from './tree.ts';
import { Unsupported } from './unsupported.ts';

const real = process.getBuiltinModule('node:test');

/** What `test(name, options, fn)` was called with; each may be missing. */
interface Read {
  name: string;
  options: Options;
  fn: Fn;
}

/** What a file gets in place of the module node:test: it notes what is declared. */
export class Declared {
  /** The file that declares. */
  file = '';
  #root = new Node('suite', '', () => {}, {});
  #suite = this.#root;
  /** Suites whose bodies have not ended. */
  #bodies: Promise<unknown>[] = [];
  #declared: (node: Node) => Promise<unknown> = async () => {};

  /** Begins a new tree for a file. `declared` is told of each test and suite outside of all suites, and says when it is over. */
  begin(file: string, declared: (node: Node) => Promise<unknown>): Node {
    this.file = file;
    this.#root = new Node('suite', '', () => {}, {});
    this.#suite = this.#root;
    this.#bodies = [];
    this.#declared = declared;
    return this.#root;
  }

  /** Resolves when the bodies of all suites have ended. */
  async settled(): Promise<void> {
    for (const body of this.#bodies) await body;
  }

  read(args: unknown[]): Read {
    const fn = args.find((one) => typeof one === 'function') as Fn | undefined;
    const options = args.find((one) => typeof one === 'object' && one !== null) as Options | undefined;
    const name = typeof args[0] === 'string' ? args[0] : fn?.name || '<anonymous>';
    return { name, options: options ?? {}, fn: fn ?? (() => {}) };
  }

  hook(fn: Fn = () => {}, options: Options = {}): Hook {
    return { fn, timeout: options.timeout };
  }

  /** `test.skip`, `test.todo`, `test.only` and their like. */
  variants(declare: (...args: unknown[]) => Promise<unknown>): Record<string, Fn> {
    return Object.fromEntries(
      ['skip', 'todo', 'only', 'expectFailure'].map((name) => [
        name,
        (...args: unknown[]) => {
          const { name: title, options, fn } = this.read(args);
          return declare(title, { ...options, [name]: true }, fn);
        },
      ]),
    );
  }

  /** The exports of node:test. */
  exports(): object {
    const test = (...args: unknown[]) => this.#add('test', args);
    const suite = (...args: unknown[]) => this.#add('suite', args);
    const hook = (name: HookName) => (fn?: Fn, options?: Options) => this.#suite.addHook(name, this.hook(fn, options));
    const tests = Object.assign(test, this.variants(test));
    const suites = Object.assign(suite, this.variants(suite));
    return Object.assign(tests, {
      test: tests,
      it: tests,
      suite: suites,
      describe: suites,
      before: hook('before'),
      after: hook('after'),
      beforeEach: hook('beforeEach'),
      afterEach: hook('afterEach'),
      mock: real.mock,
      snapshot: real.snapshot,
      assert: assertModule,
      getTestContext: () => undefined,
      run: () => {
        throw new Unsupported('run() of node:test is not run hot');
      },
    });
  }

  #add(kind: Node['kind'], args: unknown[]): Promise<unknown> {
    const around = runningTest.getStore();
    if (around && kind === 'suite') throw new Unsupported('a suite inside of a test is not run hot');
    if (around) return around.test(...args);
    const { name, options, fn } = this.read(args);
    const parent = this.#suite;
    const node = new Node(kind, name, fn, options, parent);
    parent.children.push(node);
    if (kind === 'suite') this.#fill(node);
    return parent === this.#root ? this.#declared(node) : Promise.resolve();
  }

  #fill(suite: Node): void {
    const outer = this.#suite;
    this.#suite = suite;
    try {
      const context = { name: suite.name, fullName: suite.fullName, filePath: this.file, signal: new AbortController().signal };
      const body: unknown = suite.skipped ? undefined : suite.fn.call(context, ...([context] as never[]));
      if (body instanceof Promise) {
        this.#bodies.push(
          body.catch((error: unknown) => {
            suite.error = error;
          }),
        );
      }
    } catch (error) {
      suite.error = error;
    } finally {
      this.#suite = outer;
    }
  }
}

/** The one in this process. */
export const api = new Declared();
