import path from 'node:path';
import type { AuditedFile } from '../audit/index.ts';
import { type JobContext, ok, type Result } from '../model/index.ts';
import { type FileView, type ResultBook, Sifter, type StoredTest, viewFile } from '../mutation/index.ts';
import { findSources, readHistory, readJson, readProjectConfig, readText } from '../workspace/index.ts';
import { aliasesOf } from './aliases.ts';
import { readCode } from './code.ts';
import { declaredPaths } from './declared.ts';
import { entrySources } from './entries.ts';
import { foundPaths } from './found.ts';
import { measure } from './measure.ts';
import type { CriticalPath, Gap, GapMatrix, Measured } from './model.ts';
import { type KnownTest, keyOf, reachingTests, strengthsOf } from './reaching-tests.ts';
import { byRisk, riskOf } from './risk.ts';
import { seenIn } from './seen.ts';
import { sentenceOf } from './sentence.ts';

/** What gaps are looked for in. */
export interface GapRequest {
  /** Absolute path of a package. */
  directory: string;
  /** Its results; undefined where nothing was ever judged. */
  book: ResultBook | undefined;
  /** Test files that were audited already: they are not read again. */
  audited: readonly AuditedFile[];
}

/** What is being looked at, in words for a person who waits. */
export interface GapEvent {
  step: string;
  /** How many steps are done, and how many there are. */
  done: number;
  of: number;
}

const STEPS = ['Reading sources', 'Reading the history', 'Reading results', 'Reading tests'];

/**
 * Tells of each critical path of a package, declared or found, how well it is tested, from stored results and from the text of tests. Nothing is run. It
 * fails where the configuration cannot be used; without a history of git it goes on without one.
 */
export async function findGaps({ directory, book, audited }: GapRequest, { signal, report }: JobContext<GapEvent>): Promise<Result<GapMatrix>> {
  const begin = (done: number) => report({ step: STEPS[done] ?? '', done, of: STEPS.length });
  const config = await readProjectConfig(directory);
  if (!config.ok) return config;
  begin(0);
  const manifest = (await readJson(path.join(directory, 'package.json'))) ?? {};
  const tsconfig = (await readText(path.join(directory, 'tsconfig.json'))) ?? (await readText(path.join(directory, 'jsconfig.json')));
  const sources = await readCode(await findSources(directory, directory), directory, aliasesOf(tsconfig, manifest), signal);
  begin(1);
  const history = await readHistory(directory, signal);
  // A clone that is cut off right behind its last commit tells nothing.
  const known = history.ok && (history.value.commits > 0 || !history.value.isShallow) ? history.value : undefined;
  const { paths: declared, unmatched } = declaredPaths(config.value.audit.criticalPaths, sources);
  const found = foundPaths(sources, entrySources(manifest, [...sources.keys()]), known, new Set(declared.flatMap(({ files }) => files)));
  begin(2);
  const paths = [...declared, ...found];
  const views = await viewsOf(paths, book, new Sifter(config.value), signal);
  const seen = seenIn(filesOf(paths), book, directory);
  const measured = paths.map((one) => ({ path: one, measured: measure(one, views, seen) }));
  begin(3);
  const tests = new Set(measured.flatMap(({ measured: { tests: ids } }) => [...ids]));
  const stored = [...tests].map((id) => book?.tests().get(id)).filter((test): test is StoredTest => test !== undefined);
  const strengths = await strengthsOf(stored, directory, audited, signal);
  const gaps = measured
    .map((one) => gapOf(one.path, one.measured, strengths))
    .sort((a, b) => byRisk(a.risk, b.risk) || b.criticality - a.criticality || (a.name < b.name ? -1 : 1));
  return ok({ directory, gaps, unmatched, history: history.ok ? { commits: history.value.commits, isShallow: history.value.isShallow } : undefined });
}

async function viewsOf(
  paths: readonly CriticalPath[],
  book: ResultBook | undefined,
  sifter: Sifter,
  signal: AbortSignal,
): Promise<Map<string, FileView>> {
  const views = new Map<string, FileView>();
  for (const file of filesOf(paths)) {
    if (!book || signal.aborted) break;
    const view = await viewFile(book, file, sifter);
    if (view) views.set(file, view);
  }
  return views;
}

function filesOf(paths: readonly CriticalPath[]): Set<string> {
  return new Set(paths.flatMap(({ files, parts }) => [...files, ...parts.map((part) => part.file)]));
}

function gapOf({ parts, ...path }: CriticalPath, measured: Measured, strengths: ReadonlyMap<number, KnownTest>): Gap {
  const seen = measured.seenBy.map(({ file, title, strength }) => ({ key: keyOf(file, title), strength }));
  const tests = reachingTests(measured.tests, strengths, seen);
  const { functions, killRate, pseudoTested, unreached, removalsJudged } = measured;
  const risk = riskOf({
    criticality: path.criticality,
    judged: functions.judged,
    untested: functions.judged === 0 ? 0 : unreached.length / functions.judged,
    pseudoTested: removalsJudged === 0 ? 0 : pseudoTested.length / removalsJudged,
    strength: tests.mean,
    killRate,
  });
  const first = unreached[0] ?? parts[0];
  return {
    ...path,
    risk,
    sentence: sentenceOf({ ...path, parts }, measured, tests, risk),
    functions,
    tests,
    killRate,
    pseudoTested,
    unreached: unreached.map(({ title }) => title),
    ...(first && { at: { file: first.file, range: first.range } }),
  };
}
