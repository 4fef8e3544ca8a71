/** Moves the focus to the next or previous item of the page, from where the focus or, failing that, the selected item is. */
export function focusNeighbour(by: 1 | -1): void {
  const items = [...document.querySelectorAll<HTMLElement>('[data-item]')];
  const from = document.activeElement?.closest('main') ? document.activeElement : document.querySelector('.selected [data-item]');
  const target = from === null ? items[0] : neighbour(items, from, by);
  target?.focus({ preventScroll: true });
  target?.scrollIntoView({ block: 'nearest' });
}

/** Takes the focus to the page's text filter. */
export function focusFilter(): void {
  const filter = document.querySelector<HTMLInputElement>('[data-filter]');
  filter?.focus();
  filter?.select();
}

/** Takes the focus to the row of a file. */
export function focusFile(uri: string): void {
  document.querySelector<HTMLElement>(`[data-uri="${CSS.escape(uri)}"]`)?.focus({ preventScroll: true });
}

/** Takes the focus to the heading of the page, so that a screen reader begins there. */
export function focusHeading(): void {
  document.querySelector<HTMLElement>('h1')?.focus({ preventScroll: true });
}

/** Brings a line of the source to the top of the view. */
export function scrollToLine(line: number): void {
  document.querySelector(`[data-line="${line}"]`)?.scrollIntoView({ block: 'start' });
}

function neighbour(items: HTMLElement[], from: Element, by: 1 | -1): HTMLElement | undefined {
  const side = by === 1 ? Node.DOCUMENT_POSITION_FOLLOWING : Node.DOCUMENT_POSITION_PRECEDING;
  const beyond = items.filter((item) => item !== from && (from.compareDocumentPosition(item) & side) !== 0);
  return by === 1 ? beyond[0] : beyond.at(-1);
}
