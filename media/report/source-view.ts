import { html, nothing, type TemplateResult } from 'lit';
import { guard } from 'lit/directives/guard.js';
import { repeat } from 'lit/directives/repeat.js';
import type { FileDetail, MutantView } from '../../server/protocol.ts';
import { isShown } from './filter.ts';
import { count, counted } from './format.ts';
import { type Block, blocksOf, type Chunk, chunksOf, cut, linesOf, mutantsByLine } from './lines.ts';
import { type MutantContext, mutantRow } from './mutant-row.ts';
import type { Dispatch } from './reducer.ts';
import type { State } from './state.ts';
import { icon, LOOKS, STATUS_ORDER, statusIcon } from './status.ts';

/**
 * The source of a file with its mutants below their lines; lines far from any shown mutant are folded away,
 * and chunks that were never in sight take their room without being drawn.
 */
export function sourceView(state: State, detail: FileDetail, dispatch: Dispatch): TemplateResult {
  const source = sourceOf(state, detail, dispatch);
  const chunks = chunksOf(blocksOf({ ...source, lineCount: source.lines.length, unfolded: state.unfolded, wholeFile: state.wholeFile }));
  const drawn = new Set([...state.drawn, ...chunks.slice(0, DRAWN_AT_ONCE).map((chunk) => chunk.key)]);
  const { statuses, suppressed, mutantFilter, unfiltered, unfolded, wholeFile } = state;
  return html`<div class="source" .style=${`--digits: ${String(source.lines.length).length}; --widest: ${widest(source.lines)}`}>
    ${repeat(
      chunks,
      (chunk) => chunk.key,
      (chunk) => {
        const isDrawn = drawn.has(chunk.key);
        const focus = focusIn(chunk, source);
        return guard([detail, statuses, suppressed, mutantFilter, unfiltered, unfolded, wholeFile, isDrawn, focus], () =>
          chunkView(chunk, source, isDrawn),
        );
      },
    )}
  </div>`;
}

/** What the blocks are drawn from. */
interface Source extends MutantContext {
  all: Map<number, MutantView[]>;
  shown: Map<number, MutantView[]>;
  centres: Iterable<number>;
  single: Set<number>;
  unfiltered: readonly number[];
  selection: MutantView | undefined;
}

/** Enough for any line that people read; a minified line would make everything as wide as itself. */
const WIDEST = 240;
const LONGEST_LINE = 5000;
/** More than a tall view holds. */
const DRAWN_AT_ONCE = 2;
/** Height of a mutant's row in lines, about. */
const ROWS_PER_MUTANT = 1.4;
/** A gap of fewer lines is unfolded at once. */
const UNFOLDED_AT_ONCE = 50;

function sourceOf(state: State, detail: FileDetail, dispatch: Dispatch): Source {
  const lines = linesOf(detail);
  const all = mutantsByLine(detail.mutants, lines.length);
  const visible = detail.mutants.filter((mutant) => isShown(mutant, state));
  const shown = mutantsByLine(visible, lines.length);
  const selection = visible.find((mutant) => mutant.id === state.selected);
  const starts = detail.summary.functions.map((each) => each.range.start.line);
  const single = new Set([...all.keys(), ...starts]);
  if (selection) for (let { line } = selection.range.start; line <= selection.range.end.line; line++) single.add(line);
  return {
    uri: detail.summary.uri,
    lines,
    tests: detail.tests,
    selected: state.selected,
    expanded: new Set(state.expanded),
    all,
    shown,
    centres: shown.keys(),
    single,
    unfiltered: state.unfiltered,
    selection,
    dispatch,
  };
}

function widest(lines: readonly string[]): number {
  let most = 0;
  for (const { length } of lines) most = Math.max(most, length);
  return Math.min(WIDEST, most);
}

/** What the selection and the expansion of mutants change in a chunk, as a text to compare. */
function focusIn({ blocks }: Chunk, { selection, expanded, shown }: Source): string {
  const [from, to] = [blocks[0]?.from ?? 0, blocks.at(-1)?.to ?? 0];
  const selected = selection && selection.range.start.line < to && selection.range.end.line >= from ? selection.id : '';
  const open = expanded.size === 0 ? [] : blocks.flatMap((block) => shown.get(block.from) ?? []).filter((mutant) => expanded.has(mutant.id));
  return [selected, ...open.map((mutant) => mutant.id)].join(' ');
}

function chunkView({ key, blocks }: Chunk, source: Source, isDrawn: boolean): TemplateResult {
  const style = `--rows: ${blocks.reduce((sum, block) => sum + rowsOf(block, source), 0)}`;
  if (!isDrawn) return html`<div class="chunk undrawn" data-chunk=${key} .style=${style}></div>`;
  return html`<div class="chunk" .style=${style}>
    ${repeat(
      blocks,
      (block) => `${block.kind}${block.from}`,
      (block) => BLOCK_VIEWS[block.kind](block, source),
    )}
  </div>`;
}

function rowsOf({ kind, from, to }: Block, source: Source): number {
  return (kind === 'plain' ? to - from : 1) + ROWS_PER_MUTANT * (source.shown.get(from)?.length ?? 0);
}

const BLOCK_VIEWS: Readonly<Record<Block['kind'], (block: Block, source: Source) => TemplateResult>> = {
  line: lineView,
  plain: plainView,
  gap: gapView,
};

function lineView({ from }: Block, source: Source): TemplateResult {
  const text = (source.lines[from] ?? '').slice(0, LONGEST_LINE);
  const [before, inside, after] = cut(text, from, source.selection?.range);
  const shown = source.shown.get(from) ?? [];
  return html`<div class="line ${shown.length > 0 ? 'mutated' : ''}" data-line=${from}>
      <span class="line-number" aria-hidden="true">${from + 1}</span>${marker(from, shown.length, source)}<code>${before}${inside ? html`<mark>${inside}</mark>` : nothing}${after}</code>
    </div>
    ${
      shown.length === 0
        ? nothing
        : html`<ul class="mutants" aria-label=${`Mutants of line ${from + 1}`}>
            ${repeat(
              shown,
              (mutant) => mutant.id,
              (mutant) => mutantRow(mutant, source),
            )}
          </ul>`
    }`;
}

function marker(line: number, shown: number, source: Source): TemplateResult {
  const mutants = source.all.get(line) ?? [];
  const worst = STATUS_ORDER.find((status) => mutants.some((mutant) => mutant.status === status));
  if (worst === undefined) return html`<span class="marker"></span>`;
  const unfiltered = source.unfiltered.includes(line);
  const words = STATUS_ORDER.map(
    (status) => [mutants.filter((mutant) => mutant.status === status).length, LOOKS[status].label.toLowerCase()] as const,
  )
    .filter(([number]) => number > 0)
    .map(([number, label]) => `${number} ${label}`)
    .join(', ');
  const content = html`${statusIcon(worst)}<span class="marker-count" aria-hidden="true">${mutants.length > 1 ? count(mutants.length) : ''}</span>`;
  if (shown === mutants.length && !unfiltered) return html`<span class="marker" title=${words}>${content}</span>`;
  const label = `Line ${line + 1}: ${words}. ${unfiltered ? 'Apply the filters again' : 'Show all'}`;
  return html`<button class="marker" title=${label} aria-label=${label} aria-pressed=${unfiltered} @click=${() => source.dispatch({ kind: 'toggleLine', line })}>${content}</button>`;
}

/** Lines that nothing is said of need no elements of their own: two texts side by side draw 20,000 of them at once. */
function plainView({ from, to }: Block, source: Source): TemplateResult {
  const numbers = Array.from({ length: to - from }, (_, index) => from + index + 1).join('\n');
  const text = source.lines
    .slice(from, to)
    .map((line) => line.slice(0, LONGEST_LINE))
    .join('\n');
  return html`<div class="plain" data-line=${from}><span class="line-number" aria-hidden="true">${numbers}</span><span class="marker"></span><code>${text}</code></div>`;
}

function gapView({ from, to }: Block, source: Source): TemplateResult {
  const length = to - from;
  const unfold = (start: number, end: number) => () => source.dispatch({ kind: 'unfold', span: { from: start, to: end } });
  const words = counted(length, 'line');
  if (length <= UNFOLDED_AT_ONCE) {
    return html`<div class="gap"><button title="Show these lines" @click=${unfold(from, to)}>${icon('unfold')} ${words}</button></div>`;
  }
  const down = `Show the first ${UNFOLDED_AT_ONCE} of these lines`;
  const up = `Show the last ${UNFOLDED_AT_ONCE} of these lines`;
  return html`<div class="gap">
    ${from === 0 ? nothing : html`<button title=${down} aria-label=${down} @click=${unfold(from, from + UNFOLDED_AT_ONCE)}>${icon('fold-down')}</button>`}
    ${to === source.lines.length ? nothing : html`<button title=${up} aria-label=${up} @click=${unfold(to - UNFOLDED_AT_ONCE, to)}>${icon('fold-up')}</button>`}
    <span>${words}</span>
  </div>`;
}
