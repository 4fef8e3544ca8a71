import type { MutantStatus } from '../../engine/mutation/index.ts';
import type { FileDetail, FileSummary, PackageSummary, ProgressParams } from '../../server/protocol.ts';
import type { LineSpan } from './lines.ts';

/** The two lists of a package. */
export type Tab = 'files' | 'tests';

/** Everything that the view is drawn from. */
export interface State {
  /** Undefined until the host has told them. */
  packages: PackageSummary[] | undefined;
  /** Directory of the chosen package. */
  directory: string | undefined;
  tab: Tab;
  pathFilter: string;
  /** Uri of the open file. */
  file: string | undefined;
  /** Undefined while it is on its way. */
  detail: FileDetail | undefined;
  statuses: MutantStatus[];
  /** Whether mutants that are not worth a look are shown. */
  suppressed: boolean;
  mutantFilter: string;
  /** Id of the mutant that has, or last had, the focus. */
  selected: string | undefined;
  /** Ids of the mutants whose details are open. */
  expanded: string[];
  /** Lines that the reader unfolded, far from any mutant. */
  unfolded: LineSpan[];
  /** Lines of which all mutants are shown, whatever the filters say. */
  unfiltered: number[];
  wholeFile: boolean;
  /** Keys of the chunks of the source that were in sight or near it: only these are drawn. */
  drawn: number[];
  outline: boolean;
  keysShown: boolean;
  /** Runs under way, in the order in which they began. */
  runs: ProgressParams[];
  /** What a screen reader is told. */
  announcement: string;
  /** The text that was put on the clipboard a moment ago. */
  copied: string | undefined;
}

/** What outlives a reload of the webview. */
export interface Memento extends Pick<State, (typeof KEPT)[number]> {
  version: typeof VERSION;
  /** Vertical offset by place, see {@link placeOf}. */
  scroll: Record<string, number>;
}

/** The state of a view that has been told nothing yet. */
export function initialState(wide: boolean): State {
  return {
    packages: undefined,
    directory: undefined,
    tab: 'files',
    pathFilter: '',
    file: undefined,
    detail: undefined,
    statuses: ['Survived', 'NoCoverage'],
    suppressed: false,
    mutantFilter: '',
    selected: undefined,
    expanded: [],
    unfolded: [],
    unfiltered: [],
    wholeFile: false,
    drawn: [],
    outline: wide,
    keysShown: false,
    runs: [],
    announcement: '',
    copied: undefined,
  };
}

/** What to keep of a state. */
export function mementoOf(state: State, scroll: Record<string, number>): Memento {
  return { version: VERSION, scroll, ...keptOf(state) };
}

/** The state and the scroll offsets as they were kept; a memento of another version is ignored. */
export function restore(saved: unknown, wide: boolean): { state: State; scroll: Record<string, number> } {
  const state = initialState(wide);
  if (!isMemento(saved)) return { state, scroll: {} };
  return { state: { ...state, ...keptOf(saved) }, scroll: saved.scroll };
}

/** The chosen package. */
export function currentPackage(state: State): PackageSummary | undefined {
  return state.packages?.find((candidate) => candidate.directory === state.directory);
}

/** The summary of the open file, known before its detail is. */
export function currentFile(state: State): FileSummary | undefined {
  return state.packages?.flatMap((candidate) => candidate.files).find((file) => file.uri === state.file);
}

/** A name for what fills the view, for scroll offsets. */
export function placeOf(state: State): string {
  return state.file ?? `${state.directory}#${state.tab}`;
}

const VERSION = 2;
const KEPT = [
  'directory',
  'tab',
  'pathFilter',
  'file',
  'statuses',
  'suppressed',
  'mutantFilter',
  'selected',
  'expanded',
  'wholeFile',
  'outline',
] as const;

function keptOf(state: Pick<State, (typeof KEPT)[number]>): Pick<State, (typeof KEPT)[number]> {
  return Object.fromEntries(KEPT.map((key) => [key, state[key]])) as Pick<State, (typeof KEPT)[number]>;
}

function isMemento(saved: unknown): saved is Memento {
  return typeof saved === 'object' && saved !== null && 'version' in saved && saved.version === VERSION;
}
