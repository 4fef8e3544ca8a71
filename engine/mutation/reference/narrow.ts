import type { Mutant } from '@stryker-mutator/api/core';

type InstrumenterClass = { prototype: { instrument(...given: never[]): Promise<{ mutants: Mutant[] }> } };

/** Lets StrykerJS know only of some of the mutants that its instrumenter makes: it has no option that says which, and would judge the others for nothing. */
export async function narrowInstrumenter(choose: (mutants: readonly Mutant[]) => Mutant[]): Promise<void> {
  const { Instrumenter } = (await import('@stryker-mutator/instrumenter')) as unknown as { Instrumenter: InstrumenterClass };
  const { instrument } = Instrumenter.prototype;
  Instrumenter.prototype.instrument = async function (...given) {
    const instrumented = await instrument.apply(this, given);
    return { ...instrumented, mutants: choose(instrumented.mutants) };
  };
}
