import type { FromProofsView, Ladder, Rung, ToProofsView } from '../../server/protocol.ts';
import { counted } from '../report/format.ts';
import { RUNG_NAMES } from './looks.ts';
import { keyOf, missing, type State } from './state.ts';

/** Everything that can happen to the view. */
export type Action =
  | { kind: 'received'; message: ToProofsView; now: number }
  | { kind: 'send'; message: FromProofsView }
  | { kind: 'toggle'; key: string; open: boolean }
  | { kind: 'showMore'; list: string; shown: number }
  | { kind: 'showKeys'; shown: boolean };

/** How the view says that something happened. */
export type Dispatch = (action: Action) => void;

/** The state after an action, and what the host is to be told. */
export interface Update {
  state: State;
  messages: FromProofsView[];
}

/** What an action makes of a state; proofs that come into sight are asked for. */
export function update(before: State, action: Action): Update {
  const state = after(before, action);
  const wanted = missing(state);
  const loading = Object.fromEntries(wanted.map(({ proof }) => [proof, 'loading' as const]));
  return {
    state: wanted.length > 0 ? { ...state, details: { ...state.details, ...loading } } : state,
    messages: [...(action.kind === 'send' ? [action.message] : []), ...wanted.map((one): FromProofsView => ({ kind: 'loadProof', ...one }))],
  };
}

function after(state: State, action: Action): State {
  switch (action.kind) {
    case 'received':
      return received({ ...state, now: action.now }, action.message);
    case 'send':
      return state;
    case 'toggle':
      return { ...state, toggled: { ...state.toggled, [action.key]: action.open } };
    case 'showMore':
      return { ...state, shown: { ...state.shown, [action.list]: action.shown } };
    case 'showKeys':
      return { ...state, keysShown: action.shown };
  }
}

function received(state: State, message: ToProofsView): State {
  switch (message.kind) {
    case 'ladders':
      return withLadders({ ...state, trusted: message.trusted, level: message.level }, message.ladders, message.show);
    case 'detail':
      return { ...state, details: { ...state.details, [message.detail.summary.id]: message.detail } };
    case 'noDetail':
      return { ...state, details: { ...state.details, [message.proof]: 'gone' } };
    case 'progress':
      return { ...state, progress: message.progress };
  }
}

function withLadders(state: State, ladders: Ladder[], show: { project: string; rung: Rung } | undefined): State {
  const known = new Set(ladders.flatMap(({ steps }) => steps.flatMap(({ newest }) => (newest ? [newest.id] : []))));
  // Places may be others now: what is known stays until it is told anew, what is no longer the newest goes.
  const details = Object.fromEntries(Object.entries(state.details).filter(([id]) => known.has(id)));
  const toggled = show ? { ...state.toggled, [keyOf({ id: show.project })]: true, [keyOf({ id: show.project }, show.rung)]: true } : state.toggled;
  return { ...state, ladders, details, toggled, announcement: announcementOf(state.ladders, ladders) };
}

/** What a screen reader is told when there are other proofs than before. */
function announcementOf(before: readonly Ladder[] | undefined, ladders: readonly Ladder[]): string {
  if (before === undefined) return counted(ladders.length, 'project');
  const known = new Set(before.flatMap(({ steps }) => steps.map(({ newest }) => newest?.id)));
  return ladders
    .flatMap(({ name, steps }) =>
      steps.flatMap(({ newest, rung }) => (newest && !known.has(newest.id) ? [`${name}, ${RUNG_NAMES[rung]}: ${newest.summary}`] : [])),
    )
    .join('. ');
}
