import { languageOf, SyntaxTree } from '../../syntax/index.ts';
import type { TestCase, Verdict } from '../model.ts';
import { applyMutant } from './apply.ts';
import { agrees, expectsFailure } from './compare.ts';
import type { PlainRun, Stand } from './stand.ts';

/** What verification found out about one verdict. */
export interface Check {
  verdict: Verdict;
  /** `inconclusive`: the plain command said the one thing, then the other. `not-applied`: the mutant could not be written into the text, see `why`. */
  result: 'right' | 'wrong' | 'inconclusive' | 'not-applied';
  /** The plain commands that ran for it; of one that was run again, both. */
  runs: PlainRun[];
  why?: string;
}

/** A verdict to check, and what its check needs. */
export interface CheckRequest {
  verdict: Verdict;
  limit: number;
  signal: AbortSignal;
  /** The file of the test that noticed the mutant, where there is one that the framework tells. */
  testFile: string | undefined;
  /** Which test files pass when they run alone without a mutant: only then do they say anything with one. */
  passesAlone: Map<string, Promise<boolean>>;
}

/** Tries a mutant in a stand: with the test file that noticed it alone, where that can be, and with all tests. Undefined when cancelled. */
export async function tryOnce(stand: Stand, one: CheckRequest): Promise<Check | undefined> {
  const { verdict, limit, signal, testFile, passesAlone } = one;
  const text = stand.texts.get(verdict.file) ?? '';
  const mutated = applyMutant(text, verdict);
  const why = mutated === undefined ? 'the file has changed since' : await whyNotParsed(verdict.file, text, mutated);
  if (mutated === undefined || why) return { verdict, result: 'not-applied', runs: [], ...(why && { why }) };
  if (testFile && expectsFailure(verdict.status)) {
    const alone = passesAlone.get(testFile) ?? stand.run(limit, signal, [testFile]).then((run) => run?.outcome === 'passed');
    passesAlone.set(testFile, alone);
    const run = (await alone) ? await stand.withText(verdict.file, mutated, () => stand.run(limit, signal, [testFile])) : undefined;
    if (run && agrees(verdict.status, run.outcome)) return { verdict, result: 'right', runs: [run] };
  }
  const run = await stand.withText(verdict.file, mutated, () => stand.run(limit, signal));
  return run && { verdict, result: agrees(verdict.status, run.outcome) ? 'right' : 'wrong', runs: [run] };
}

/** Tries a mutant that the plain command contradicted once more, with all tests. */
export async function tryAgain(stand: Stand, { verdict, limit, signal }: CheckRequest, before: Check): Promise<Check | undefined> {
  const mutated = applyMutant(stand.texts.get(verdict.file) ?? '', verdict);
  if (mutated === undefined) return { verdict, result: 'not-applied', runs: before.runs, why: 'the file has changed since' };
  const run = await stand.withText(verdict.file, mutated, () => stand.run(limit, signal));
  if (!run) return undefined;
  const check = { verdict, runs: [...before.runs, run] };
  if (agrees(verdict.status, run.outcome)) return { ...check, result: 'inconclusive' };
  if (!expectsFailure(verdict.status) && (await stand.run(limit, signal))?.outcome !== 'passed') {
    return { ...check, result: 'inconclusive', why: 'then the tests did not pass without the mutant either' };
  }
  return { ...check, result: 'wrong' };
}

async function whyNotParsed(file: string, text: string, mutated: string): Promise<string | undefined> {
  const language = languageOf(file);
  if (!language) return undefined;
  const broken = async (source: string) => {
    const tree = await SyntaxTree.parse(language, source);
    const { hasError } = tree.tree.rootNode;
    tree.dispose();
    return hasError;
  };
  return (await broken(mutated)) && !(await broken(text)) ? 'the text with it is no program' : undefined;
}

/** The file (absolute path) of a test that noticed a mutant; undefined where none did or the framework does not tell it. */
export function killingFile({ killedBy }: Verdict, tests: readonly TestCase[]): string | undefined {
  return killedBy.map((index) => tests[index]?.file).find((file) => file !== undefined);
}
