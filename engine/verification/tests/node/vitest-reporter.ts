import type { ToldTest } from '../events.ts';
import { beginRun, failureOf, tell } from './tell.ts';

interface Reported {
  id: string;
  name: string;
  parent: Reported | Module;
  type: 'test' | 'suite';
}

interface TestCase extends Reported {
  type: 'test';
  module: Module;
  location?: { line: number; column: number };
  options: { mode?: string };
  result(): { state: string; errors?: readonly unknown[] };
  diagnostic(): { duration?: number } | undefined;
}

interface Module {
  type: 'module';
  moduleId: string;
  children: { allTests(): Iterable<TestCase> };
  errors(): readonly unknown[];
}

/** Tells what tests do in Vitest 3 and newer. */
export class VitestReporter {
  readonly #run: string;
  readonly #told = new Set<string>();
  readonly #ended = new Set<Module>();

  constructor(version: string) {
    this.#run = beginRun('vitest', version);
  }

  onTestCaseReady(test: TestCase): void {
    tell({ type: 'begin', run: this.#run, file: test.module.moduleId, title: titleOf(test) });
  }

  onTestCaseResult(test: TestCase): void {
    this.#told.add(test.id);
    tell({ type: 'test', run: this.#run, test: toldTest(test) });
  }

  onTestSuiteResult(suite: Reported & { module: Module; errors(): readonly unknown[] }): void {
    this.#tellBroken(suite.errors(), suite.module.moduleId);
  }

  onTestModuleEnd(module: Module): void {
    this.#ended.add(module);
    this.#tellBroken(module.errors(), module.moduleId);
    for (const test of module.children.allTests()) if (!this.#told.has(test.id)) this.onTestCaseResult(test);
  }

  onTestRunEnd(modules: readonly Module[], unhandled: readonly unknown[]): void {
    // Version 3 does not tell the end of a file that could not be loaded.
    for (const module of modules) if (!this.#ended.has(module)) this.onTestModuleEnd(module);
    this.#tellBroken(unhandled);
    tell({ type: 'end', run: this.#run });
  }

  #tellBroken(errors: readonly unknown[], file?: string): void {
    for (const error of errors) {
      const { message, stack } = failureOf(error);
      tell({ type: 'broken', run: this.#run, ...(file !== undefined && { file }), message, ...(stack !== undefined && { stack }) });
    }
  }
}

function toldTest(test: TestCase): ToldTest {
  const { state, errors = [] } = test.result();
  const ms = test.diagnostic()?.duration;
  return {
    key: test.id,
    file: test.module.moduleId,
    title: titleOf(test),
    ...(test.location && { place: [test.location.line, test.location.column] }),
    state: state === 'passed' || state === 'failed' ? state : test.options.mode === 'todo' ? 'todo' : 'skipped',
    ...(ms !== undefined && { ms }),
    ...(state === 'failed' && { failure: failureOf(errors[0]) }),
  };
}

function titleOf(test: Reported): string[] {
  const title = [test.name];
  for (let at = test.parent; at?.type === 'suite'; at = at.parent) title.unshift(at.name);
  return title;
}
