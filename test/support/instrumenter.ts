import type { Logger } from '@stryker-mutator/api/logging';
import { commonTokens } from '@stryker-mutator/api/plugin';
import { createInstrumenter } from '@stryker-mutator/instrumenter';
import { createInjector } from 'typed-inject';

/** StrykerJS's own instrumenter, which says nothing. */
export const instrumenter = createInjector()
  .provideValue(commonTokens.logger, silentLogger())
  .provideValue(commonTokens.getLogger, silentLogger)
  .injectFunction(createInstrumenter);

/** The names of its mutators, from the file that has them: the package exports no list. */
export async function mutatorNames(): Promise<string[]> {
  const file = new URL('dist/src/mutators/mutate.js', import.meta.resolve('@stryker-mutator/instrumenter/package.json'));
  const { allMutators }: { allMutators: { name: string }[] } = await import(file.href);
  return allMutators.map(({ name }) => name);
}

/** Says nothing. */
export function silentLogger(): Logger {
  const off = () => false;
  const ignore = () => {};
  return {
    isTraceEnabled: off,
    isDebugEnabled: off,
    isInfoEnabled: off,
    isWarnEnabled: off,
    isErrorEnabled: off,
    isFatalEnabled: off,
    trace: ignore,
    debug: ignore,
    info: ignore,
    warn: ignore,
    error: ignore,
    fatal: ignore,
  };
}
