import type { Range } from '../model/index.ts';
import type { Laboratory, MutationPlan } from '../mutation/index.ts';
import type { NodeRuntime } from '../process/index.ts';
import type { TestPackage } from '../workspace/index.ts';

/** Where and with what experiments are done. Paths are absolute. */
export interface Workplace {
  package: TestPackage;
  node: NodeRuntime;
  laboratory: Laboratory;
  /** Texts of unsaved documents by path. */
  overlays: ReadonlyMap<string, string>;
  concurrency?: number | undefined;
  dryRunMinutes: number;
  /** The mutated file. */
  file: string;
  /** The files that the framework runs for test files whose tests they only import, by these. */
  runs: ReadonlyMap<string, string>;
  /** Whether test processes can change nothing outside. */
  confined?: boolean;
  /** The only tests that may be changed; all, and new ones, where missing. */
  within?: WithinTests | undefined;
}

/** Some tests of a file. */
export interface WithinTests {
  /** Absolute path. */
  testFile: string;
  /** Their full names, as the framework tells them. */
  names: readonly string[];
}

/** What an experiment with the mutants in some stretches of the file is done with, test files having other texts. */
export function planFor(workplace: Workplace, ranges: readonly Range[], texts: readonly (readonly [testFile: string, text: string])[]): MutationPlan {
  const { package: pkg, node, overlays, concurrency, dryRunMinutes, file, confined = false } = workplace;
  return {
    package: pkg,
    targets: [{ file, ranges: [...ranges], named: true }],
    overlays: new Map([...overlays, ...texts]),
    node,
    dryRunMinutes,
    ...(concurrency !== undefined && { concurrency }),
    ...(confined && { confined }),
  };
}

/** Takes apart what is to be done in test files, so that the framework runs no file twice at once; each with the file that it runs. */
export function inBatches<T extends { testFile: string }>({ runs }: Workplace, items: readonly T[]): { item: T; runs: string }[][] {
  const batches: { item: T; runs: string }[][] = [];
  for (const item of items) {
    const file = runs.get(item.testFile) ?? item.testFile;
    const open = batches.find((batch) => !batch.some((other) => other.runs === file));
    if (open) open.push({ item, runs: file });
    else batches.push([{ item, runs: file }]);
  }
  return batches;
}
