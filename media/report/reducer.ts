import type { MutantStatus } from '../../engine/mutation/index.ts';
import type { FileDetail, FromReportView, PackageSummary, ProgressParams, ToReportView } from '../../server/protocol.ts';
import { isShown } from './filter.ts';
import { chunkOf, type LineSpan } from './lines.ts';
import { announcementOf } from './progress.ts';
import type { State, Tab } from './state.ts';

/** Everything that can happen to the view. */
export type Action =
  | { kind: 'received'; message: ToReportView }
  | { kind: 'send'; message: FromReportView }
  | { kind: 'choosePackage'; directory: string }
  | { kind: 'chooseTab'; tab: Tab }
  | { kind: 'filterPaths'; text: string }
  | { kind: 'openFile'; uri: string }
  | { kind: 'closeFile' }
  | { kind: 'toggleStatus'; status: MutantStatus }
  | { kind: 'toggleSuppressed' }
  | { kind: 'filterMutants'; text: string }
  | { kind: 'select'; id: string }
  | { kind: 'toggleMutant'; id: string }
  | { kind: 'toggleAll' }
  | { kind: 'drawChunks'; keys: number[] }
  | { kind: 'unfold'; span: LineSpan }
  | { kind: 'toggleLine'; line: number }
  | { kind: 'toggleWholeFile' }
  | { kind: 'toggleOutline' }
  | { kind: 'openSelected' }
  | { kind: 'showKeys'; shown: boolean }
  | { kind: 'copied'; text: string | undefined };

/** How the view says that something happened. */
export type Dispatch = (action: Action) => void;

/** The state after an action, and what the host is to be told. */
export interface Update {
  state: State;
  messages: FromReportView[];
}

/** What an action makes of a state. */
export function update(state: State, action: Action): Update {
  switch (action.kind) {
    case 'received':
      return received(state, action.message);
    case 'send':
      return { state, messages: [action.message] };
    case 'choosePackage':
      return quiet({ ...state, directory: action.directory, pathFilter: '' });
    case 'chooseTab':
      return quiet({ ...state, tab: action.tab });
    case 'filterPaths':
      return quiet({ ...state, pathFilter: action.text });
    case 'openFile':
      return opened(state, action.uri);
    case 'closeFile':
      return quiet(closed(state));
    case 'toggleStatus':
      return quiet({ ...state, statuses: toggled(state.statuses, action.status) });
    case 'toggleSuppressed':
      return quiet({ ...state, suppressed: !state.suppressed });
    case 'filterMutants':
      return quiet({ ...state, mutantFilter: action.text });
    case 'select':
      return quiet({ ...state, selected: action.id });
    case 'toggleMutant':
      return quiet({ ...state, selected: action.id, expanded: toggled(state.expanded, action.id) });
    case 'toggleAll':
      return quiet({ ...state, expanded: state.expanded.length > 0 ? [] : shownIds(state) });
    case 'drawChunks':
      return quiet({ ...state, drawn: [...state.drawn, ...action.keys] });
    case 'unfold':
      return quiet({ ...state, unfolded: [...state.unfolded, action.span], drawn: [...state.drawn, chunkOf(action.span.from)] });
    case 'toggleLine':
      return quiet({ ...state, unfiltered: toggled(state.unfiltered, action.line) });
    case 'toggleWholeFile':
      return quiet({ ...state, wholeFile: !state.wholeFile });
    case 'toggleOutline':
      return quiet({ ...state, outline: !state.outline });
    case 'openSelected':
      return openSelected(state);
    case 'showKeys':
      return quiet({ ...state, keysShown: action.shown });
    case 'copied':
      return quiet({ ...state, copied: action.text, announcement: action.text === undefined ? state.announcement : 'Copied' });
  }
}

function quiet(state: State): Update {
  return { state, messages: [] };
}

function received(state: State, message: ToReportView): Update {
  switch (message.kind) {
    case 'results':
      return withResults(state, message.packages, message.openFile);
    case 'file':
      return quiet(withDetail(state, message.detail));
    case 'progress':
      return quiet(withProgress(state, message.progress));
  }
}

function withResults(state: State, packages: PackageSummary[], openFile: string | undefined): Update {
  const file = openFile ?? state.file;
  const owner = packages.find((candidate) => candidate.files.some((summary) => summary.uri === file));
  const chosen = owner ?? packages.find((candidate) => candidate.directory === state.directory) ?? packages[0];
  const next: State = { ...state, packages, directory: chosen?.directory };
  if (file === undefined) return quiet(next);
  if (file !== state.file) return opened(next, file);
  // A file that is gone from the results has nothing left to show.
  return owner === undefined ? quiet(closed(next)) : { state: next, messages: [{ kind: 'loadFile', uri: file }] };
}

function opened(state: State, uri: string): Update {
  const next: State = { ...closed(state), file: uri };
  return { state: next, messages: [{ kind: 'loadFile', uri }] };
}

function closed(state: State): State {
  return {
    ...state,
    file: undefined,
    detail: undefined,
    mutantFilter: '',
    selected: undefined,
    expanded: [],
    unfolded: [],
    unfiltered: [],
    drawn: [],
  };
}

function withDetail(state: State, detail: FileDetail): State {
  if (detail.summary.uri !== state.file) return state;
  const ids = new Set(detail.mutants.map((mutant) => mutant.id));
  const sameLines = state.detail === undefined || state.detail.text === detail.text;
  return {
    ...state,
    detail,
    selected: state.selected !== undefined && ids.has(state.selected) ? state.selected : undefined,
    expanded: state.expanded.filter((id) => ids.has(id)),
    unfolded: sameLines ? state.unfolded : [],
    unfiltered: sameLines ? state.unfiltered : [],
  };
}

function withProgress(state: State, progress: ProgressParams): State {
  const others = state.runs.filter(({ run }) => run !== progress.run);
  const known = others.length < state.runs.length;
  const announcement = announcementOf(progress);
  if (progress.phase === 'ended') return { ...state, runs: others, announcement };
  const runs = known ? state.runs.map((run) => (run.run === progress.run ? progress : run)) : [...others, progress];
  return { ...state, runs, announcement };
}

function shownIds(state: State): string[] {
  return (state.detail?.mutants ?? []).filter((mutant) => isShown(mutant, state)).map((mutant) => mutant.id);
}

function openSelected(state: State): Update {
  const mutant = state.detail?.mutants.find(({ id }) => id === state.selected);
  if (mutant === undefined || state.file === undefined) return quiet(state);
  return { state, messages: [{ kind: 'open', uri: state.file, position: mutant.range.start }] };
}

function toggled<T>(values: T[], value: T): T[] {
  return values.includes(value) ? values.filter((other) => other !== value) : [...values, value];
}
