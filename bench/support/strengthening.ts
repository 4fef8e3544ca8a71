import path from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { HotExecutor, mutate, type ResolvedMutant, ResultBooks, Sifter, viewFile } from '../../engine/mutation/index.ts';
import { findNode } from '../../engine/process/index.ts';
import { changed, type Strengthening, strengthen, ToolShed } from '../../engine/strengthen/index.ts';
import { prove } from '../../engine/strengthen/prove.ts';
import { findPackage, NO_CONFIG, nearestManifestFolder, relativePosix } from '../../engine/workspace/index.ts';

/** How long it took from a request to its answer in a process that is warm, and how often tests passed in other orders. */
export interface WarmFigures {
  /** Of requests for one mutant each, milliseconds: of those that ended with an offer, and of those that found nothing. */
  offersMs: number[];
  othersMs: number[];
  /** New tests, and how many of them passed each time. */
  tests: number;
  steady: number;
}

/** How many mutants are asked for one by one. */
const REQUESTS = 12;
/** How long the next request waits after an answer, milliseconds: who reads an offer takes longer. */
const READING_MS = 1000;

/** Asks for mutants of a file one by one, then for all, and runs all tests that come of it again and again in another order each time. */
export async function warmFigures(directory: string, name: string, orders: number): Promise<WarmFigures> {
  const file = path.join(directory, name);
  const folder = await nearestManifestFolder(directory);
  const pkg = await findPackage(file, folder);
  if (!pkg.ok) throw new Error(pkg.failure.message);
  const own = { path: process.execPath, version: process.versions.node };
  const node = await findNode({ own, directory });
  if (!node.ok) throw new Error(node.failure.message);
  const books = new ResultBooks();
  const laboratory = new HotExecutor();
  const tools = new ToolShed();
  const context = { signal: new AbortController().signal, report: () => {} };
  const base = { overlays: new Map<string, string>(), node: { own }, dryRunMinutes: 5, books };
  const ask = async (mutants?: string[]): Promise<Strengthening> => {
    const result = await strengthen({ ...base, file, folder, laboratory, tools, ...(mutants && { mutants }) }, context);
    if (!result.ok) throw new Error(result.failure.message);
    return result.value;
  };
  try {
    await mutate({ ...base, targets: [{ path: file }], folders: [folder], executor: laboratory }, context);
    const view = await viewFile(books.of(pkg.value.directory), relativePosix(pkg.value.directory, file), new Sifter(NO_CONFIG));
    const open = (view?.pieces ?? []).flatMap(({ mutants }) => mutants).filter(isOpen);
    const offersMs: number[] = [];
    const othersMs: number[] = [];
    for (const { id } of spreadOver(open, REQUESTS)) {
      const began = performance.now();
      const { proposals } = await ask([id]);
      (proposals.length > 0 ? offersMs : othersMs).push(performance.now() - began);
      await delay(READING_MS);
    }
    const { proposals, edits } = await ask();
    let steady = 0;
    const files = edits.map(({ testFile, before, changes }) => ({
      testFile,
      confined: false,
      text: changed(before, changes),
      tests: proposals
        .filter((one) => one.testFile === testFile)
        .map(({ kind, title, table, mutants }) => ({ title, isNew: kind === 'test', ...(table && { table }), mutants: mutants.slice(0, 1) })),
    }));
    const failure =
      files.length === 0
        ? undefined
        : await prove(
            {
              package: pkg.value,
              node: node.value,
              laboratory,
              overlays: base.overlays,
              dryRunMinutes: 5,
              file,
              runs: new Map(),
              files,
              rounds: orders,
            },
            {
              ...context,
              report: (event) => {
                if ('proof' in event && event.proof.passed === orders) steady++;
              },
            },
          );
    if (failure) throw new Error(failure.message);
    return { offersMs, othersMs, tests: proposals.length, steady };
  } finally {
    await Promise.all([laboratory.end(), tools.end()]);
    books.close();
  }
}

function isOpen({ status, suppressed }: ResolvedMutant): boolean {
  return (status === 'Survived' || status === 'NoCoverage') && !suppressed;
}

function spreadOver<T>(items: readonly T[], most: number): T[] {
  if (items.length <= most) return [...items];
  return Array.from({ length: most }, (_, i) => items[Math.floor((i * items.length) / most)] as T);
}
