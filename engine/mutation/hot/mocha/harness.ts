import { createRequire } from 'node:module';
import path from 'node:path';
import { mochaPart } from '../../mocha-package.ts';
import { KnownImports } from '../node/known-imports.ts';
import { Modules } from '../node/modules.ts';
import { ProcessState } from '../node/process-state.ts';
import { servedText } from '../node/texts.ts';
import { rememberCompiled } from '../node/ts-node.ts';
import { breathe } from '../worker/clock.ts';
import type { FreshEnd, Harness, OpenFile, Watch } from '../worker/harness.ts';
import { ENV } from '../worker/names.ts';
import type { MochaClass, MochaInstance } from './mocha-types.ts';
import { openTree } from './open-tree.ts';
import { filesIn, type MochaPlan, togetherName } from './plan.ts';
import { Requires } from './requires.ts';
import { applyOnly, foundTests, select, shuffleTests } from './suite-tree.ts';
import { messageOf, watchedRun } from './watched-run.ts';

/** Where compiled texts are kept, unless the tests do not pass with them. */
const COMPILED = process.env[ENV.compiled];

type Helpers = { validateLegacyPlugin(options: object, name: string, known: object): void };

/** The user's own Mocha in this process: one instance after the other, each with modules of its own. */
export class MochaHarness implements Harness {
  readonly #plan: MochaPlan;
  readonly #files: () => string[];
  readonly #mocha: MochaClass;
  readonly #modules = new Modules(
    (parent) => !/\/mocha\/lib\/nodejs\/esm-utils\.c?js$/.test(parent),
    new KnownImports([...process.execArgv, process.env['NODE_OPTIONS'] ?? '']),
  );
  readonly #requires: Requires;
  #state: ProcessState | undefined;
  #stray: unknown;

  /** @param files finds the test files there are now */
  constructor(plan: MochaPlan, files: () => string[]) {
    this.#plan = plan;
    this.#files = files;
    const mocha = createRequire(path.join(plan.directory, 'package.json'))('mocha') as MochaClass | { default: MochaClass };
    // Mocha 12 is an ES module, of which some loaders give all exports.
    this.#mocha = 'default' in mocha ? mocha.default : mocha;
    this.#requires = new Requires(plan, this.#modules);
    process.on('uncaughtException', (error) => {
      this.#stray ??= error;
    });
  }

  async fresh(file: string, watch: Watch): Promise<FreshEnd> {
    try {
      const mocha = await this.#load(file);
      const tests = foundTests(mocha.suite, filesIn(file).length > 1);
      const { only, shuffled } = watch;
      applyOnly(mocha.suite);
      if (shuffled !== undefined) shuffleTests(mocha.suite, shuffled);
      if (only) select(mocha.suite, (test) => only.has(tests.get(test)?.key ?? ''));
      const error = await watchedRun(mocha, tests, watch);
      // Errors that nobody handled are told after the code that caused them.
      await breathe();
      const stray = this.#stray === undefined ? undefined : messageOf(this.#stray);
      return (error ?? stray) === undefined ? {} : { error: error ?? (stray as string) };
    } catch (error) {
      return { error: messageOf(error) };
    }
  }

  loaded(): Iterable<string> {
    return this.#modules.loaded;
  }

  async open(file: string): Promise<OpenFile | { cold: string }> {
    try {
      const mocha = await this.#load(file);
      const tests = foundTests(mocha.suite, filesIn(file).length > 1);
      applyOnly(mocha.suite);
      return openTree(mocha, this.#mocha.Runner, tests);
    } catch (error) {
      return { cold: messageOf(error) };
    }
  }

  /** Lets the user's code clean up. */
  async end(): Promise<void> {
    await this.#requires.tearDown();
  }

  /** Loads a test file, or all of them, into a new Mocha. */
  async #load(file: string): Promise<MochaInstance> {
    const { options, before, directory } = this.#plan;
    this.#state?.restore();
    const rootHooks = await this.#requires.load();
    if (COMPILED) rememberCompiled(COMPILED, directory, (file) => servedText(file) !== undefined);
    this.#state ??= new ProcessState();
    const helpers = mochaPart<Helpers>(directory, 'cli/run-helpers');
    helpers?.validateLegacyPlugin(options, 'ui', this.#mocha.interfaces);
    const mocha = new this.#mocha({ ...options, rootHooks, reporter: SilentReporter });
    mocha.files = [...before, ...(file === togetherName(directory) ? this.#files() : filesIn(file))];
    this.#stray = undefined;
    await mocha.loadFilesAsync();
    return mocha;
  }
}

class SilentReporter {}
