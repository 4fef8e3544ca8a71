import type { Switches } from '../../engine/mutation/hot/worker/switchboard.ts';

/** What instrumented code does where the code of mutants runs. */
export function pass(switches: Switches, ...ids: string[]): void {
  switches.state.fuel -= ids.length;
  if (switches.state.fuel < 0) switches.cover(...ids);
}
