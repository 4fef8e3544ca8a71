import type { BaseRunner } from './vitest-types.ts';

type Ask = (...args: unknown[]) => Promise<unknown>;

/**
 * Lets a worker ask Vitest's server only once where a module lies and what is in it. A worker lives no longer than the code that it runs: when
 * code changes, new ones are started.
 */
export function rememberAnswers(runner: BaseRunner): void {
  const { transport } = runner.moduleRunner?.vitestOptions ?? {};
  const { options } = runner.__vitest_executor ?? {};
  for (const [asker, name] of [
    [transport, 'resolveId'],
    [options, 'resolveId'],
    [options, 'fetchModule'],
  ] as const) {
    const ask = asker?.[name];
    if (asker && ask) asker[name] = remembering(ask.bind(asker));
  }
}

function remembering(ask: Ask): Ask {
  const answers = new Map<string, Promise<unknown>>();
  return (...args) => {
    const key = JSON.stringify(args);
    const known = answers.get(key);
    if (known) return known;
    const answer = ask(...args);
    answers.set(key, answer);
    // What was not found may be there later.
    answer.then(
      (found) => found ?? answers.delete(key),
      () => answers.delete(key),
    );
    return answer;
  };
}
