import { countStatuses } from '../../engine/mutation/model.ts';
import type { FileDetail, FileSummary, MutantView, PackageSummary, ProgressParams } from '../../server/protocol.ts';

/** A survivor of `text`, whose first occurrence in `source` became `replacement`. */
export function mutantOf(source: string, text: string, replacement: string, more: Partial<MutantView> = {}): MutantView {
  const offset = source.indexOf(text);
  return {
    id: `${offset}:${replacement}`,
    mutator: 'EqualityOperator',
    status: 'Survived',
    range: { start: positionAt(source, offset), end: positionAt(source, offset + text.length) },
    original: text,
    replacement,
    static: false,
    stale: false,
    sentence: '',
    function: 'add',
    shown: true,
    coveredBy: [],
    killedBy: [],
    ...more,
  };
}

/** A file with mutants. */
export function detailOf(text: string, mutants: MutantView[], path = 'src/cart.ts'): FileDetail {
  return { summary: summaryOf(path, mutants), text, mutants, tests: [] };
}

/** What is known of a file as a whole. */
export function summaryOf(path: string, mutants: MutantView[] = []): FileSummary {
  return { uri: `file:///${path}`, path, counts: countStatuses(mutants), score: null, shown: 0, suppressed: 0, risk: 0, judgedAt: 0, functions: [] };
}

/** A package with files. */
export function packageOf(name: string, files: FileSummary[]): PackageSummary {
  return { name, directory: `/${name}`, counts: countStatuses([]), score: null, coveredScore: null, files, weakestTests: [] };
}

/** A run that judges mutants. */
export function progressOf(more: Partial<ProgressParams> = {}): ProgressParams {
  return { run: 1, packageName: 'cart', phase: 'mutants', judged: 0, planned: 8, survived: 0, text: '0 of 8 mutants', ...more };
}

function positionAt(source: string, offset: number): { line: number; column: number } {
  const lines = source.slice(0, offset).split('\n');
  return { line: lines.length - 1, column: lines.at(-1)?.length ?? 0 };
}
