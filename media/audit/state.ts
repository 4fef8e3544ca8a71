import type { AuditedPackage } from '../../server/protocol.ts';
import type { Group } from './bands.ts';
import type { Rows } from './windows.ts';

/** The lists of a package. */
export type Section = 'tests' | 'findings' | 'hints' | 'false-positives' | 'paths';

/** Everything that the view is drawn from. */
export interface State {
  /** Undefined until the host has told them. */
  packages: AuditedPackage[] | undefined;
  /** Whether the host can run the tests for false positives. */
  canProve: boolean;
  /** Uri of the chosen package. */
  chosen: string | undefined;
  section: Section;
  search: string;
  group: Group | undefined;
  rule: string | undefined;
  /** Uri of the file whose tests are listed, where not all are. */
  file: string | undefined;
  /** The rows of the tests that are drawn. */
  rows: Rows;
  /** Rules whose findings are listed. */
  expanded: string[];
  /** How many entries of long lists are shown, by the list's name, where that is more than at first. */
  shown: Record<string, number>;
  /** How far the reading of the tests is; undefined while nothing is read. */
  reading: { done: number; planned: number } | undefined;
  /** Whether the last reading ended without results. */
  ended: boolean;
  keysShown: boolean;
  /** What a screen reader is told. */
  announcement: string;
}

/** What outlives a reload of the webview. */
export interface Memento extends Pick<State, (typeof KEPT)[number]> {
  version: typeof VERSION;
  /** Vertical offset by place, see {@link placeOf}. */
  scroll: Record<string, number>;
}

/** The state of a view that has been told nothing yet. */
export function initialState(): State {
  return {
    packages: undefined,
    canProve: false,
    chosen: undefined,
    section: 'tests',
    search: '',
    group: undefined,
    rule: undefined,
    file: undefined,
    rows: { from: 0, to: 40, height: 0 },
    expanded: [],
    shown: {},
    reading: { done: 0, planned: 0 },
    ended: false,
    keysShown: false,
    announcement: '',
  };
}

/** What to keep of a state. */
export function mementoOf(state: State, scroll: Record<string, number>): Memento {
  return { version: VERSION, scroll, ...keptOf(state) };
}

/** The state and the scroll offsets as they were kept; a memento of another version is ignored. */
export function restore(saved: unknown): { state: State; scroll: Record<string, number> } {
  const state = initialState();
  if (!isMemento(saved)) return { state, scroll: {} };
  return { state: { ...state, ...keptOf(saved) }, scroll: saved.scroll };
}

/** The chosen package. */
export function currentPackage(state: Pick<State, 'packages' | 'chosen'>): AuditedPackage | undefined {
  return state.packages?.find(({ uri }) => uri === state.chosen);
}

/** Whether any filter keeps tests from being listed. */
export function isFiltered({ search, group, rule, file }: State): boolean {
  return search !== '' || group !== undefined || rule !== undefined || file !== undefined;
}

/** A name for what fills the view, for scroll offsets. */
export function placeOf(state: State): string {
  return `${state.chosen}#${state.section}`;
}

const VERSION = 1;
const KEPT = ['chosen', 'section', 'search', 'group', 'rule', 'file', 'expanded', 'shown'] as const;

function keptOf(state: Pick<State, (typeof KEPT)[number]>): Pick<State, (typeof KEPT)[number]> {
  return Object.fromEntries(KEPT.map((key) => [key, state[key]])) as Pick<State, (typeof KEPT)[number]>;
}

function isMemento(saved: unknown): saved is Memento {
  return typeof saved === 'object' && saved !== null && 'version' in saved && saved.version === VERSION;
}
