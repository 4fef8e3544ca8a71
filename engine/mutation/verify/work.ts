import type { TestCase, Verdict } from '../model.ts';
import { type Check, killingFile, tryAgain, tryOnce } from './check.ts';
import { expectsFailure } from './compare.ts';
import type { Stand } from './stand.ts';

/** What those share that work on one verification side by side. */
export interface SharedWork {
  /** The verdicts that nobody has taken yet. */
  left: Verdict[];
  tests: readonly TestCase[];
  /** How long the tests may take with a mutant, milliseconds. */
  limit: number;
  signal: AbortSignal;
  passesAlone: Map<string, Promise<boolean>>;
}

/** Checks verdicts, one after the other, until none is left or all is cancelled; takes a fresh stand to try a mutant again. */
export async function work(stand: Stand, fresh: () => Promise<Stand>, shared: SharedWork, take: (check: Check) => void): Promise<void> {
  const { left, tests, signal } = shared;
  let at = stand;
  let here: Check[] = [];
  for (let verdict = left.shift(); verdict && !signal.aborted; verdict = left.shift()) {
    const one = { ...shared, verdict, testFile: killingFile(verdict, tests) };
    let check = await tryOnce(at, one);
    if (check?.result === 'wrong') {
      await doubt(here, at, shared);
      here = [];
      await at.close();
      at = await fresh();
      check = await tryAgain(at, one, check);
    }
    if (!check) return;
    here.push(check);
    take(check);
  }
  await doubt(here, at, shared);
}

/** What tests left behind in a copy may make them fail there for ever: then no failure in it says anything. */
async function doubt(checks: readonly Check[], stand: Stand, { limit, signal }: SharedWork): Promise<void> {
  const rest = checks.filter(({ verdict, result }) => result === 'right' && expectsFailure(verdict.status));
  const fails = async () => ((await stand.run(limit, signal))?.outcome ?? 'passed') !== 'passed';
  if (rest.length === 0 || !((await fails()) && (await fails()))) return;
  for (const check of rest) Object.assign(check, { result: 'inconclusive', why: 'afterwards the tests failed in that copy without a mutant too' });
}
