import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { registerHooks } from 'node:module';
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import type { MutantResult } from '@stryker-mutator/api/core';
import { commonTokens, type Injector, type PluginContext, PluginKind, tokens } from '@stryker-mutator/api/plugin';
import type { DryRunCompletedEvent, MutationTestingPlanReadyEvent, Reporter } from '@stryker-mutator/api/report';
import type { DryRunOptions, DryRunResult, TestResult, TestRunner } from '@stryker-mutator/api/test-runner';
import { smoothRunner } from './compatibility.ts';
import { listener } from './listener.ts';
import { ENV } from './variables.ts';

/**
 * The StrykerJS plugin that connects it to Assay. StrykerJS loads it in the host, where the reporter streams what happens, and in each
 * test process, where the test runner wraps the framework's real one to keep what a dry run said when it did not pass.
 */

class StreamingReporter implements Reporter {
  onDryRunCompleted(event: DryRunCompletedEvent): void {
    listener()?.dryRun(event);
  }
  onMutationTestingPlanReady(event: MutationTestingPlanReadyEvent): void {
    listener()?.planned(event.mutantPlans);
  }
  onMutantTested(result: Readonly<MutantResult>): void {
    listener()?.tested(result);
  }
}

/** The framework's runner plugin, whose own `import 'vitest/node'` or `import 'mocha'` must find the user's framework and none of ours. */
async function loadRunner(): Promise<{ plugin: RunnerPlugin; schema: unknown }> {
  const name = process.env[ENV.runner] ?? '';
  const here = pathToFileURL(path.join(process.cwd(), 'package.json')).href;
  const hook = registerHooks({
    resolve(specifier, context, next) {
      if (/^(vitest|mocha)(\/|$)/.test(specifier) && context.parentURL?.includes('/@stryker-mutator/'))
        return next(specifier, { ...context, parentURL: here });
      // Mocha 12 names these files .cjs; the runner asks for them without an extension.
      if (/mocha[\\/]lib[\\/]cli[\\/][a-z-]+$/.test(specifier) && existsSync(`${specifier}.cjs`)) return next(`${specifier}.cjs`, context);
      return next(specifier, context);
    },
  });
  try {
    const module = (await import(`@stryker-mutator/${name}-runner`)) as { strykerPlugins: RunnerPlugin[]; strykerValidationSchema: unknown };
    const plugin = module.strykerPlugins.find((candidate) => candidate.kind === PluginKind.TestRunner && candidate.name === name);
    if (!plugin) throw new Error(`@stryker-mutator/${name}-runner has no runner named ${name}`);
    return { plugin, schema: module.strykerValidationSchema };
  } finally {
    hook.deregister();
  }
}

interface RunnerPlugin {
  kind: PluginKind;
  name: string;
  factory: ((injector: Injector<PluginContext>) => TestRunner) & { inject: [typeof commonTokens.injector] };
}

const runner = await loadRunner();

function createRunner(injector: Injector<PluginContext>): TestRunner {
  const inner = injector.injectFunction(runner.plugin.factory);
  return {
    capabilities: () => inner.capabilities(),
    async init() {
      await inner.init?.();
      smoothRunner(inner);
    },
    async dispose() {
      await inner.dispose?.();
    },
    mutantRun: (options) => inner.mutantRun(options),
    async dryRun(options: DryRunOptions): Promise<DryRunResult> {
      const result = await inner.dryRun(options);
      if (result.status === 'complete' && result.tests.every((test) => !('failureMessage' in test))) {
        // Without this, StrykerJS takes it that all tests cover every mutant when none of them loaded the mutated code: all would survive.
        if (options.coverageAnalysis === 'perTest') result.mutantCoverage ??= { static: {}, perTest: {} };
      } else keepDryRun(result);
      return result;
    },
  };
}
createRunner.inject = tokens(commonTokens.injector);

/** Keeps a dry run that did not pass for the host. */
function keepDryRun(result: DryRunResult): void {
  const file = process.env[ENV.dryRunFile];
  if (!file) return;
  if (result.status === 'complete') writeFileSync(file, JSON.stringify({ ...result, tests: result.tests.map(withoutAddedLine) }));
  // The runner of Mocha gives what was thrown, whatever that is, and of an error JSON keeps nothing that says anything.
  else if (result.status === 'error') writeFileSync(file, JSON.stringify({ ...result, errorMessage: String(result.errorMessage) }));
  else writeFileSync(file, JSON.stringify(result));
}

/** StrykerJS puts a line on top of files, which it subtracts by itself of a dry run that passed only. */
function withoutAddedLine(test: TestResult): TestResult {
  const { fileName, startPosition } = test;
  if (!fileName || !startPosition || !readFileSync(fileName, 'utf8').startsWith('// @ts-nocheck\n')) return test;
  return { ...test, startPosition: { ...startPosition, line: Math.max(0, startPosition.line - 1) } };
}

/** Read by StrykerJS's plugin loader. */
export const strykerPlugins = [
  { kind: PluginKind.Reporter, name: 'assay', injectableClass: StreamingReporter },
  { kind: PluginKind.TestRunner, name: 'assay', factory: createRunner },
];
/** Read by StrykerJS's plugin loader: the options of the framework's own runner. */
export const strykerValidationSchema = runner.schema;
