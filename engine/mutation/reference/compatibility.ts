import { createRequire } from 'node:module';
import path from 'node:path';
import type { TestRunner } from '@stryker-mutator/api/test-runner';

/** Prepares a framework's runner, once it is initialized, for projects that run well by themselves and that StrykerJS stumbles over. */
export function smoothRunner(runner: TestRunner): void {
  allowFilesWithoutTests(runner as VitestRunner);
  resolveEnvironment(runner as JestRunner);
}

type VitestRunner = TestRunner & { ctx?: { config: VitestConfig; projects: { config: VitestConfig }[] } };
interface VitestConfig {
  passWithNoTests: boolean;
}

/** A file that matches the test pattern but holds no suite fails the whole dry run, which Vitest's own `--passWithNoTests` forgives. */
function allowFilesWithoutTests({ ctx }: VitestRunner): void {
  for (const { config } of ctx ? [ctx, ...ctx.projects] : []) config.passWithNoTests = true;
}

type JestRunner = TestRunner & { jestConfig?: { testEnvironment?: string } };

/** StrykerJS looks for the environment beside the package only; Jest finds its own default beside itself too, which matters where a package manager hoists nothing. */
function resolveEnvironment(runner: JestRunner): void {
  const { jestConfig } = runner;
  if (!jestConfig) return;
  const name = jestConfig.testEnvironment ?? 'node';
  const module = name === 'node' || name === 'jsdom' ? `jest-environment-${name}` : name;
  const found = resolveLikeJest(module);
  if (found) runner.jestConfig = { ...jestConfig, testEnvironment: found };
}

function resolveLikeJest(module: string): string | undefined {
  let from = path.join(process.cwd(), 'package.json');
  for (const next of ['jest', 'jest-cli', 'jest-config', undefined]) {
    const require = createRequire(from);
    try {
      return require.resolve(module);
    } catch {
      if (next === undefined) return undefined;
    }
    try {
      from = require.resolve(next);
    } catch {
      return undefined;
    }
  }
  return undefined;
}
