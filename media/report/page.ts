import { type Command, commandOf } from './keys.ts';

/** How long a page rests before where it is scrolled to is kept, milliseconds. */
const SCROLL_PAUSE = 150;

/** The editor around a webview: it takes messages, and keeps what is to be there when the page is made again. */
export interface Host<Message> {
  postMessage(message: Message): void;
  getState(): unknown;
  setState(state: unknown): void;
}

declare function acquireVsCodeApi(): Host<unknown>;

/** The editor around this webview; it can be asked for once. */
export function acquireHost<Message>(): Host<Message> {
  return acquireVsCodeApi();
}

/** Has keys carry out commands, unless something has them for itself: a choice always, and whatever `hasOwnKeys` says. */
export function listenToKeys(commands: Readonly<Record<Command, () => void>>, hasOwnKeys: () => boolean): void {
  window.addEventListener('keydown', (event) => {
    const { target } = event;
    if (hasOwnKeys() || !(target instanceof Element) || target.matches('select')) return;
    const command = commandOf(event, target.matches('input'));
    if (command === undefined) return;
    event.preventDefault();
    commands[command]();
  });
}

/** Tells when the page was scrolled and rests. */
export function onScrolled(rests: () => void): void {
  let timer: ReturnType<typeof setTimeout> | undefined;
  window.addEventListener('scroll', () => {
    clearTimeout(timer);
    timer = setTimeout(rests, SCROLL_PAUSE);
  });
}

/** Keeps what is scrolled to, and what sticks, clear of the part at the top, whose height depends on the width and on what it shows. */
export function keepTopClear(root: HTMLElement): void {
  const top = root.querySelector('.top') as HTMLElement;
  new ResizeObserver(() => document.documentElement.style.setProperty('--top', `${top.offsetHeight}px`)).observe(top);
}
