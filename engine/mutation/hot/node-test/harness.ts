import { pathToFileURL } from 'node:url';
import { shuffle } from '../../../model/index.ts';
import type { FoundTest, RanTest } from '../jobs.ts';
import { Modules } from '../node/modules.ts';
import { ProcessState } from '../node/process-state.ts';
import { breathe, now } from '../worker/clock.ts';
import type { CallableSuite, CallableTest, FreshEnd, Harness, OpenFile, Watch } from '../worker/harness.ts';
import { forgetAssertions } from './asserts.ts';
import { api } from './declare.ts';
import { replaceNodeTest } from './exports.ts';
import { failCurrent } from './invoke.ts';
import { begin, runHooks, runTest } from './run-test.ts';
import type { Node } from './tree.ts';

const real = process.getBuiltinModule('node:test');

/** Test files of node:test in this process, one after the other, each with modules of its own. */
export class NodeTestHarness implements Harness {
  readonly isolates = true;
  readonly #modules = new Modules(() => true);
  readonly #state = new ProcessState();
  readonly #timeout: number;
  #stray: unknown;

  /** @param timeout the limit for tests that name none, milliseconds */
  constructor(timeout: number) {
    this.#timeout = timeout;
    replaceNodeTest();
    const unhandled = (error: unknown) => {
      if (!failCurrent(error)) this.#stray ??= error;
    };
    process.on('uncaughtException', unhandled).on('unhandledRejection', unhandled);
  }

  async fresh(file: string, watch: Watch): Promise<FreshEnd> {
    const run = new WatchedRun(watch, this.#timeout);
    let line: Promise<unknown> = breathe();
    const root = this.#begin(file, (node) => {
      line = line.then(() => run.top(node));
      return line;
    });
    try {
      await load(file);
      for (let before: unknown; before !== line; ) {
        before = line;
        await line;
        await breathe();
      }
      await run.leave(root);
    } catch (error) {
      run.error ??= messageOf(error);
    }
    await breathe();
    const error = run.error ?? (this.#stray === undefined ? undefined : messageOf(this.#stray));
    return error === undefined ? {} : { error };
  }

  loaded(): Iterable<string> {
    return this.#modules.loaded;
  }

  async open(file: string): Promise<OpenFile | { cold: string }> {
    const root = this.#begin(file, async () => {});
    try {
      await load(file);
      await api.settled();
    } catch (error) {
      return { cold: messageOf(error) };
    }
    const tests = new Map<string, CallableTest>();
    const keys = new Keys();
    const suites = new Map<Node, CallableSuite>();
    for (const node of below(root)) {
      const found = keys.of(node);
      if (node.skipped) continue;
      const call = async () => {
        const end = await runTest(node, this.#timeout);
        return end.state === 'failed' ? asError(end.error) : undefined;
      };
      tests.set(found.key, { ...found, suites: around(node, suites), call });
    }
    return { tests, close: async () => {} };
  }

  /** Makes everything new for a file. */
  #begin(file: string, declared: (node: Node) => Promise<unknown>): Node {
    this.#modules.renew();
    this.#state.restore();
    real.mock.reset();
    forgetAssertions();
    this.#stray = undefined;
    return api.begin(file, declared);
  }
}

/** A run of a file as node:test does it, watched. */
class WatchedRun {
  error: string | undefined;
  readonly #watch: Watch;
  readonly #timeout: number;
  readonly #keys = new Keys();
  #stopped = false;

  constructor(watch: Watch, timeout: number) {
    this.#watch = watch;
    this.#timeout = timeout;
  }

  /** Runs what stands outside of all suites. */
  async top(node: Node): Promise<void> {
    await api.settled();
    await this.#run(node);
  }

  /** Runs the hooks after a suite's tests, if those before them ran. */
  async leave(suite: Node): Promise<void> {
    if (suite.begun) await this.#guard(() => runHooks(suite, 'after', suite));
  }

  async #run(node: Node): Promise<void> {
    if (node.kind === 'test') return this.#test(node);
    if (node.error !== undefined) this.error ??= messageOf(node.error);
    const { shuffled } = this.#watch;
    // What stands outside of all suites has run by then, in its order: some of it waits for the one before.
    for (const child of shuffled === undefined ? node.children : shuffle(node.children, shuffled)) await this.#run(child);
    await this.leave(node);
  }

  async #test(node: Node): Promise<void> {
    const found = this.#keys.of(node);
    const { only } = this.#watch;
    if (this.#stopped || this.error !== undefined || (only && !only.has(found.key))) return;
    if (!node.skipped) await this.#guard(() => enter(node.parent));
    if (this.error !== undefined) return;
    this.#watch.begins(found);
    const started = now();
    const { state, error, subtests } = await runTest(node, this.#timeout);
    const ran: RanTest = { ...found, state, durationMs: now() - started, subtests, ...(state === 'failed' && { message: messageOf(error) }) };
    if (!this.#watch.ended(ran)) this.#stopped = true;
  }

  async #guard(work: () => Promise<unknown>): Promise<void> {
    try {
      await work();
    } catch (error) {
      this.error ??= messageOf(error);
    }
  }
}

/** Runs the hooks before the suites around a test, the outermost first, where they did not run yet. */
async function enter(suite: Node | undefined): Promise<void> {
  if (!suite) return;
  await enter(suite.parent);
  await begin(suite, suite);
}

/** Tells tests apart by their titles and, where those are the same, by their order. */
class Keys {
  readonly #seen = new Map<string, number>();

  of(node: Node): FoundTest {
    const path = node.fullName;
    const count = this.#seen.get(path) ?? 0;
    this.#seen.set(path, count + 1);
    return { key: count === 0 ? path : `${path} #${count}`, name: node.path().join(' ') };
  }
}

function* below(suite: Node): Generator<Node> {
  for (const node of suite.children) {
    if (node.kind === 'test') yield node;
    else yield* below(node);
  }
}

function around(node: Node, known: Map<Node, CallableSuite>): CallableSuite[] {
  const suites: CallableSuite[] = [];
  for (let suite = node.parent; suite; suite = suite.parent) {
    if (suite.hooks.before.length === 0 && suite.hooks.after.length === 0) continue;
    const one = known.get(suite) ?? callable(suite);
    known.set(suite, one);
    suites.unshift(one);
  }
  return suites;
}

function callable(suite: Node): CallableSuite {
  return { enter: () => runHooks(suite, 'before', suite), leave: () => runHooks(suite, 'after', suite) };
}

async function load(file: string): Promise<void> {
  await import(pathToFileURL(file).href);
}

function messageOf(error: unknown): string {
  const message = (error as { message?: unknown } | undefined)?.message;
  return typeof message === 'string' && message ? message : String(error);
}

function asError(error: unknown): Error {
  return error instanceof Error ? error : new Error(String(error));
}
