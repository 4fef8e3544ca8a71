import { render } from 'lit';
import type { FromReportView, ToReportView } from '../../server/protocol.ts';
import { focusFile, focusFilter, focusHeading, focusNeighbour } from './focus.ts';
import type { Command } from './keys.ts';
import { syncDialog } from './keys-dialog.ts';
import { acquireHost, keepTopClear, listenToKeys, onScrolled } from './page.ts';
import { type Action, update } from './reducer.ts';
import './report.css';
import { watchChunks } from './sight.ts';
import { mementoOf, placeOf, restore, type State } from './state.ts';
import { view } from './view.ts';

/** Wide enough for the source with the functions beside it. */
const WIDE = 1000;

const host = acquireHost<FromReportView>();
const root = document.getElementById('report') as HTMLElement;
const restored = restore(host.getState(), window.innerWidth >= WIDE);
const { scroll } = restored;
let { state } = restored;
/** The place that the page shows; undefined until its content is there. */
let place: string | undefined;

const watch = watchChunks((keys) => dispatch({ kind: 'drawChunks', keys }));

function dispatch(action: Action): void {
  const before = state;
  rememberScroll();
  const { state: after, messages } = update(state, action);
  state = after;
  draw();
  arrive(before);
  host.setState(mementoOf(state, scroll));
  for (const message of messages) host.postMessage(message);
}

function draw(): void {
  render(view(state, Date.now(), dispatch), root);
  syncDialog(state.keysShown);
  watch();
}

function rememberScroll(): void {
  if (place === placeOf(state)) scroll[place] = window.scrollY;
}

/** Scrolls to where the reader left a place, as soon as its content is there, and takes the focus along. */
function arrive(before: State): void {
  const next = placeOf(state);
  if (before.file !== undefined && state.file === undefined) focusFile(before.file);
  if (next === place || (state.file === undefined ? state.packages : state.detail) === undefined) return;
  const moved = place !== undefined;
  place = next;
  window.scrollTo(0, scroll[place] ?? 0);
  if (moved && state.file !== undefined) focusHeading();
}

const commands: Record<Command, () => void> = {
  next: () => focusNeighbour(1),
  previous: () => focusNeighbour(-1),
  openLine: () => dispatch({ kind: 'openSelected' }),
  back: () => dispatch({ kind: 'closeFile' }),
  filter: focusFilter,
  keys: () => dispatch({ kind: 'showKeys', shown: true }),
  leaveFilter: () => (document.activeElement as HTMLElement).blur(),
};

listenToKeys(commands, () => state.keysShown);
onScrolled(() => {
  rememberScroll();
  host.setState(mementoOf(state, scroll));
});

draw();
keepTopClear(root);
window.addEventListener('message', ({ data }: MessageEvent<ToReportView>) => dispatch({ kind: 'received', message: data }));
host.postMessage({ kind: 'ready' });
