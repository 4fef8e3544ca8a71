import type { Mutant } from '@stryker-mutator/api/core';
import { countCalls } from '../calls.ts';

interface Instrumenter {
  _print(ast: { root: unknown }): string;
  instrument(...given: never[]): Promise<{ mutants: Mutant[] }>;
}

/**
 * Lets StrykerJS know only of some of the mutants that its instrumenter makes: it has no option that says which, and would judge the others for nothing.
 * Arrow functions without a block count their calls.
 */
export async function narrowInstrumenter(choose: (mutants: readonly Mutant[]) => Mutant[]): Promise<void> {
  const { Instrumenter } = (await import('@stryker-mutator/instrumenter')) as unknown as { Instrumenter: { prototype: Instrumenter } };
  const { instrument } = Instrumenter.prototype;
  Instrumenter.prototype.instrument = async function (...given) {
    const { _print: print } = this;
    this._print = (ast) => {
      countCalls(ast.root);
      return print(ast);
    };
    const instrumented = await instrument.apply(this, given);
    return { ...instrumented, mutants: choose(instrumented.mutants) };
  };
}
