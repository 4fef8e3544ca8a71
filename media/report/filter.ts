import type { FileSummary, MutantView } from '../../server/protocol.ts';
import type { State } from './state.ts';

/** Whether a mutant is listed below its line. */
export function isShown(mutant: MutantView, state: Pick<State, 'statuses' | 'suppressed' | 'mutantFilter' | 'unfiltered'>): boolean {
  if (state.unfiltered.includes(mutant.range.start.line)) return true;
  return state.statuses.includes(mutant.status) && (state.suppressed || !mutant.suppressed) && matches(mutant, state.mutantFilter);
}

/** The files whose path holds each of the words, in the order given. */
export function filterFiles(files: readonly FileSummary[], text: string): FileSummary[] {
  return files.filter((file) => holdsWords(file.path, text));
}

function matches(mutant: MutantView, text: string): boolean {
  return text === '' || holdsWords([mutant.mutator, mutant.function, mutant.original, mutant.replacement].join(' '), text);
}

function holdsWords(haystack: string, text: string): boolean {
  const lower = haystack.toLowerCase();
  return text
    .toLowerCase()
    .split(/\s+/)
    .every((word) => lower.includes(word));
}
