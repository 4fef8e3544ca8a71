import { render } from 'lit';
import type { FromProofsView, ToProofsView } from '../../server/protocol.ts';
import { focusNeighbour } from '../report/focus.ts';
import { commandOf } from '../report/keys.ts';
import { syncDialog } from '../report/keys-dialog.ts';
import './proofs.css';
import { type Action, update } from './reducer.ts';
import { mementoOf, restore } from './state.ts';
import { view } from './view.ts';

interface Host {
  postMessage(message: FromProofsView): void;
  getState(): unknown;
  setState(state: unknown): void;
}

declare function acquireVsCodeApi(): Host;

const SCROLL_PAUSE = 150;

const host = acquireVsCodeApi();
const root = document.getElementById('proofs') as HTMLElement;
const restored = restore(host.getState(), Date.now());
let { state } = restored;
let { scroll } = restored;
let arrived = false;

function dispatch(action: Action): void {
  const { state: after, messages } = update(state, action);
  state = after;
  render(view(state, dispatch), root);
  syncDialog(state.keysShown);
  if (!arrived && state.ladders !== undefined) {
    arrived = true;
    window.scrollTo(0, scroll);
  }
  host.setState(mementoOf(state, scroll));
  for (const message of messages) host.postMessage(message);
}

window.addEventListener('keydown', (event) => {
  const { target } = event;
  if (state.keysShown || !(target instanceof Element)) return;
  const command = commandOf(event, false);
  const focused = root.querySelector<HTMLElement>('[data-item]:focus');
  if (command === 'next' || command === 'previous') focusNeighbour(command === 'next' ? 1 : -1);
  else if (command === 'openLine') focused?.click();
  else if (command === 'keys') dispatch({ kind: 'showKeys', shown: true });
  else return;
  event.preventDefault();
});

let scrollTimer: ReturnType<typeof setTimeout> | undefined;
window.addEventListener('scroll', () => {
  clearTimeout(scrollTimer);
  scrollTimer = setTimeout(() => {
    if (arrived) scroll = window.scrollY;
    host.setState(mementoOf(state, scroll));
  }, SCROLL_PAUSE);
});

render(view(state, dispatch), root);
// What is scrolled to must stay clear of the part at the top, which is there only while something runs.
const topPart = root.querySelector('.top') as HTMLElement;
new ResizeObserver(() => document.documentElement.style.setProperty('--top', `${topPart.offsetHeight}px`)).observe(topPart);

window.addEventListener('message', ({ data }: MessageEvent<ToProofsView>) => dispatch({ kind: 'received', message: data, now: Date.now() }));
host.postMessage({ kind: 'ready' });
