import { html, nothing, type TemplateResult } from 'lit';
import { count } from '../report/format.ts';

/** How many entries of a list are shown at first, and how many more at a time. */
const STEP = 100;

/** The part of a view's state that says how many entries of its long lists are shown, by their names, and how that is changed. */
export interface Shown {
  shown: Readonly<Record<string, number>>;
}

/** See {@link Shown}. */
export type ShowMore = (action: { kind: 'showMore'; list: string; shown: number }) => void;

/** The entries of a list that are shown, and what shows more. */
export interface Cut<T> {
  entries: T[];
  more: TemplateResult | typeof nothing;
}

/** Cuts a long list where the reader has not asked for more of it; `name` tells it from the others. */
export function cut<T>(all: readonly T[], name: string, { shown }: Shown, dispatch: ShowMore): Cut<T> {
  const limit = shown[name] ?? STEP;
  const left = all.length - limit;
  const show = () => dispatch({ kind: 'showMore', list: name, shown: limit + STEP });
  const more = html`<p class="more">
    <button class="link" data-item @click=${show}>Show ${count(Math.min(STEP, left))} more</button> <span class="secondary">of ${count(left)}</span>
  </p>`;
  return { entries: all.slice(0, limit), more: left > 0 ? more : nothing };
}
