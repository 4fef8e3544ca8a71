import { render } from 'lit';
import type { FromAuditView, ToAuditView } from '../../server/protocol.ts';
import { focusFilter, focusNeighbour } from '../report/focus.ts';
import type { Command } from '../report/keys.ts';
import { syncDialog } from '../report/keys-dialog.ts';
import { acquireHost, keepTopClear, listenToKeys, onScrolled } from '../report/page.ts';
import './audit.css';
import { type Action, update } from './reducer.ts';
import { mementoOf, placeOf, restore } from './state.ts';
import { view } from './view.ts';
import { type Rows, rowsInSight } from './windows.ts';

const host = acquireHost<FromAuditView>();
const root = document.getElementById('audit') as HTMLElement;
const restored = restore(host.getState());
const { scroll } = restored;
let { state } = restored;
/** The place that the page shows; undefined until its content is there. */
let place: string | undefined;

function dispatch(action: Action): void {
  rememberScroll();
  const { state: after, messages } = update(state, action);
  state = after;
  draw();
  arrive();
  host.setState(mementoOf(state, scroll));
  for (const message of messages) host.postMessage(message);
}

function draw(): void {
  render(view(state, dispatch), root);
  syncDialog(state.keysShown);
  arrange();
}

/** Draws the rows of the tests that have come into sight. */
function arrange(): void {
  const rows = rowsNow();
  const { from, to, height } = state.rows;
  if (rows === undefined || (rows.from === from && rows.to === to && rows.height === height)) return;
  state = update(state, { kind: 'arrange', rows }).state;
  render(view(state, dispatch), root);
}

function rowsNow(): Rows | undefined {
  const body = root.querySelector<HTMLElement>('[data-rows]');
  const row = body?.querySelector('.test') ?? undefined;
  // Where only the gap is in sight, rows are as high as they were.
  const rowHeight = row?.getBoundingClientRect().height ?? state.rows.height;
  if (!body || rowHeight === 0) return undefined;
  return rowsInSight({ top: body.getBoundingClientRect().top, view: window.innerHeight, rowHeight, count: Number(body.dataset['rows']) });
}

function rememberScroll(): void {
  if (place === placeOf(state)) scroll[place] = window.scrollY;
}

/** Scrolls to where the reader left a list, as soon as its content is there; to one that was not looked at yet only so far that its top is in sight. */
function arrive(): void {
  const next = placeOf(state);
  if (next === place || state.packages === undefined) return;
  place = next;
  const tabs = root.querySelector<HTMLElement>('.tabs');
  window.scrollTo(0, scroll[place] ?? Math.min(window.scrollY, tabs?.offsetTop ?? 0));
  arrange();
}

const commands: Record<Command, () => void> = {
  next: () => focusNeighbour(1),
  previous: () => focusNeighbour(-1),
  openLine: () => root.querySelector<HTMLElement>('[data-item]:focus')?.click(),
  back: () => dispatch({ kind: 'clearFilters' }),
  filter: focusFilter,
  keys: () => dispatch({ kind: 'showKeys', shown: true }),
  leaveFilter: () => (document.activeElement as HTMLElement).blur(),
};

// A dialog and a menu have keys of their own.
listenToKeys(commands, () => state.keysShown || root.querySelector(':popover-open') !== null);
window.addEventListener('scroll', arrange);
onScrolled(() => {
  rememberScroll();
  host.setState(mementoOf(state, scroll));
});
window.addEventListener('resize', arrange);

draw();
keepTopClear(root);
window.addEventListener('message', ({ data }: MessageEvent<ToAuditView>) => dispatch({ kind: 'received', message: data }));
host.postMessage({ kind: 'ready' });
