import path from 'node:path';
import type { Failure, JobContext } from '../model/index.ts';
import type { LaboratoryEvent, ResolvedMutant } from '../mutation/index.ts';
import { shippedFile } from '../process/index.ts';
import { languageOf, SyntaxTree } from '../syntax/index.ts';
import { readText } from '../workspace/index.ts';
import type { Difference, Exploration, Finding } from './explorer/findings.ts';
import { ownersAt } from './owners.ts';
import { textsBetween } from './patterns.ts';
import { poolAt, withTexts } from './pools.ts';
import { planFor, type Workplace } from './workplace.ts';
import { touchesWorld } from './world.ts';
import { observedText } from './writing/observed-text.ts';

/** How long may be looked for one mutant, milliseconds. */
const BUDGET_MS = 1500;
/** How long an experiment may go on without a sign of life, milliseconds: what is tried may not end. */
const STALL_MS = 8000;

/** What to explore, and with what. */
export interface ExploreRequest extends Workplace {
  text: string;
  /** The mutants to tell from the original. */
  mutants: readonly AskedMutant[];
  /** Whether values of other kinds than tests gave are not tried. */
  isCautious: boolean;
}

/** A mutant, and the test file in whose process to look. */
export interface AskedMutant {
  mutant: ResolvedMutant;
  testFile: string;
  /** The names that the test file knows the whole mutated file, or its default export, by. */
  names: readonly string[];
}

/** What was found for one mutant. */
export type Explored =
  | { kind: 'difference'; testFile: string; mutants: ResolvedMutant[]; difference: Difference }
  | { kind: 'none'; testFile: string; mutant: ResolvedMutant; tries: number; reached: number; infected: number }
  | { kind: 'obstacle'; testFile: string; mutant: ResolvedMutant; why: string };

/** Looks for calls that tell mutants from the original, in the processes of test files. What is found is told as it comes; answers why it could not be done. */
export async function explore(request: ExploreRequest, context: JobContext<Explored | { kind: 'log'; line: string }>): Promise<Failure | undefined> {
  const { file, text, mutants, overlays } = request;
  const language = languageOf(file);
  if (!language) return undefined;
  const tree = await SyntaxTree.parse(language, text);
  const groups = new Map<string, AskedMutant[]>();
  for (const one of mutants) groups.set(one.testFile, [...(groups.get(one.testFile) ?? []), one]);
  for (const [testFile, asked] of [...groups]) {
    const why = await touchesWorld([file, testFile], overlays);
    if (why === undefined) continue;
    groups.delete(testFile);
    for (const { mutant } of asked) {
      context.report({ kind: 'obstacle', testFile, mutant, why: `${why}, and such code is not tried with values that nobody chose` });
    }
  }
  if (groups.size === 0) return undefined;
  const inputs = [...groups].map(([testFile, asked]) => {
    const input: Exploration = {
      mutants: asked.map(({ mutant: { range, mutator, original, replacement, static: isStatic }, names }) => ({
        range,
        mutator,
        replacement,
        isStatic,
        owners: [...ownersAt(tree.tree, range), ...names],
        pool: withTexts(poolAt(tree.tree, range), mutator === 'Regex' ? textsBetween(original, replacement) : []),
      })),
      budgetMs: BUDGET_MS,
      isCautious: request.isCautious,
    };
    return { testFile, input };
  });
  tree.dispose();
  const observed = await Promise.all([...groups.keys()].map(async (one) => [one, await observedFile(one, overlays)] as const));
  const left = new Map([...groups].map(([testFile, asked]) => [testFile, new Set(asked.map(({ mutant }) => mutant))]));
  const hear = (event: LaboratoryEvent) => {
    if (event.kind === 'log') return context.report(event);
    const asked = groups.get(event.testFile) ?? [];
    const open = left.get(event.testFile) ?? new Set();
    const obstacle = (why: string) => {
      for (const mutant of open) context.report({ kind: 'obstacle', testFile: event.testFile, mutant, why });
      open.clear();
    };
    if (event.kind === 'lost') return obstacle(event.why);
    const finding = event.finding as Finding;
    if (finding.kind === 'unusable') return obstacle(finding.why);
    const { mutant } = asked[finding.mutant] as AskedMutant;
    open.delete(mutant);
    if (finding.kind === 'none') return context.report({ ...finding, testFile: event.testFile, mutant });
    const killed = finding.kills.map((index) => (asked[index] as AskedMutant).mutant);
    for (const one of killed) open.delete(one);
    context.report({ kind: 'difference', testFile: event.testFile, mutants: killed, difference: finding });
  };
  const outcome = await request.laboratory.experiment(
    planFor(
      request,
      mutants.map(({ mutant }) => mutant),
      observed.filter((one): one is [string, string] => one[1] !== undefined),
    ),
    { script: shippedFile('dist', 'hot', 'explorer.js'), each: inputs, stallMs: STALL_MS, totalMs: request.dryRunMinutes * 60_000 },
    { signal: context.signal, report: hear },
  );
  return outcome.status === 'failed' ? outcome.failure : undefined;
}

async function observedFile(testFile: string, overlays: ReadonlyMap<string, string>): Promise<string | undefined> {
  const language = languageOf(path.basename(testFile));
  const text = overlays.get(testFile) ?? (await readText(testFile));
  if (!language || text === undefined) return undefined;
  const tree = await SyntaxTree.parse(language, text);
  const observed = observedText(tree.tree, text);
  tree.dispose();
  return observed;
}
