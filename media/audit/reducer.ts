import type { AuditedPackage, FromAuditView, ToAuditView } from '../../server/protocol.ts';
import { counted } from '../report/format.ts';
import type { Group } from './bands.ts';
import { currentPackage, type Section, type State } from './state.ts';
import type { Rows } from './windows.ts';

/** Everything that can happen to the view. */
export type Action =
  | { kind: 'received'; message: ToAuditView }
  | { kind: 'send'; message: FromAuditView }
  | { kind: 'choosePackage'; uri: string }
  | { kind: 'chooseSection'; section: Section }
  | { kind: 'search'; text: string }
  | { kind: 'toggleGroup'; group: Group }
  | { kind: 'filter'; by: Partial<Pick<State, 'rule' | 'file' | 'group'>> }
  | { kind: 'clearFilters' }
  | { kind: 'arrange'; rows: Rows }
  | { kind: 'toggleRule'; rule: string }
  | { kind: 'showMore'; list: string; shown: number }
  | { kind: 'showKeys'; shown: boolean };

/** How the view says that something happened. */
export type Dispatch = (action: Action) => void;

/** The state after an action, and what the host is to be told. */
export interface Update {
  state: State;
  messages: FromAuditView[];
}

/** What an action makes of a state. */
export function update(state: State, action: Action): Update {
  switch (action.kind) {
    case 'received':
      return quiet(received(state, action.message));
    case 'send':
      return { state, messages: [action.message] };
    case 'choosePackage':
      return quiet({ ...unfiltered(state), chosen: action.uri, expanded: [], shown: {} });
    case 'chooseSection':
      return quiet({ ...state, section: action.section });
    case 'search':
      return quiet({ ...state, search: action.text });
    case 'toggleGroup':
      return quiet({ ...state, section: 'tests', group: state.group === action.group ? undefined : action.group });
    case 'filter':
      return quiet({ ...state, ...action.by });
    case 'clearFilters':
      return quiet(unfiltered(state));
    case 'arrange':
      return quiet({ ...state, rows: action.rows });
    case 'toggleRule':
      return quiet({ ...state, expanded: toggled(state.expanded, action.rule) });
    case 'showMore':
      return quiet({ ...state, shown: { ...state.shown, [action.list]: action.shown } });
    case 'showKeys':
      return quiet({ ...state, keysShown: action.shown });
  }
}

function quiet(state: State): Update {
  return { state, messages: [] };
}

function received(state: State, message: ToAuditView): State {
  switch (message.kind) {
    case 'results':
      return withResults({ ...state, canProve: message.canProve }, message.packages, message.showFile);
    case 'progress':
      return { ...state, ended: false, reading: { done: message.done, planned: message.planned } };
    case 'ended':
      return { ...state, ended: true, reading: undefined, announcement: 'Reading the tests was stopped' };
  }
}

function withResults(before: State, packages: AuditedPackage[], showFile: string | undefined): State {
  const tests = packages.reduce((sum, { summary }) => sum + summary.tests, 0);
  const state: State = { ...before, packages, reading: undefined, ended: false, announcement: `${counted(tests, 'test')} read` };
  const owner = packages.find(({ files }) => files.some(({ uri }) => uri === showFile));
  if (owner) return { ...unfiltered(state), chosen: owner.uri, section: 'tests', file: showFile };
  const chosen = currentPackage(state) ?? packages[0];
  if (chosen?.uri !== state.chosen) return { ...unfiltered(state), chosen: chosen?.uri };
  // A file that is gone has no tests left to list.
  return chosen?.files.some(({ uri }) => uri === state.file) ? state : { ...state, file: undefined };
}

function unfiltered(state: State): State {
  return { ...state, search: '', group: undefined, rule: undefined, file: undefined };
}

function toggled<T>(values: T[], value: T): T[] {
  return values.includes(value) ? values.filter((other) => other !== value) : [...values, value];
}
