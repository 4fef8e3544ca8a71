import { html, nothing, type TemplateResult } from 'lit';
import { count } from '../report/format.ts';
import type { Dispatch } from './reducer.ts';
import type { State } from './state.ts';

/** How many entries of a list are shown at first, and how many more at a time. */
const STEP = 100;

/** The entries of a list that are shown, and what shows more. */
export interface Cut<T> {
  entries: T[];
  more: TemplateResult | typeof nothing;
}

/** Cuts a long list where the reader has not asked for more of it; `name` tells it from the others. */
export function cut<T>(all: readonly T[], name: string, { shown }: Pick<State, 'shown'>, dispatch: Dispatch): Cut<T> {
  const limit = shown[name] ?? STEP;
  const left = all.length - limit;
  const show = () => dispatch({ kind: 'showMore', list: name, shown: limit + STEP });
  const more = html`<p class="more">
    <button class="link" data-item @click=${show}>Show ${count(Math.min(STEP, left))} more</button> <span class="secondary">of ${count(left)}</span>
  </p>`;
  return { entries: all.slice(0, limit), more: left > 0 ? more : nothing };
}
