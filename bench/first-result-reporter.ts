import { writeFileSync } from 'node:fs';
import { PluginKind } from '@stryker-mutator/api/plugin';
import type { Reporter } from '@stryker-mutator/api/report';

/** A reporter for StrykerJS that writes down when the first mutant was judged: `progress-append-only` says something every ten seconds only. */
class FirstResultReporter implements Reporter {
  #told = false;

  onMutantTested(): void {
    if (this.#told) return;
    this.#told = true;
    writeFileSync(process.env['BENCH_FIRST_RESULT'] as string, String(Date.now()));
  }
}

/** Read by StrykerJS's plugin loader. */
export const strykerPlugins = [{ kind: PluginKind.Reporter, name: 'first-result', injectableClass: FirstResultReporter }];
