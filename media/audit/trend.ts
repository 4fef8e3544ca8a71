import type { AuditPoint } from '../../server/protocol.ts';
import { count, exactly } from '../report/format.ts';

/** A number that is followed from audit to audit. */
export interface Measure {
  label: string;
  /** Null where an audit did not come to it. */
  of(point: AuditPoint): number | null;
  show(value: number): string;
  /** The least stretch that the height of its line stands for: what hardly changes shall not look as if it did. */
  leastSpan: number;
  /** Whether more of it is better. */
  more: 'better' | 'worse' | 'neither';
}

/** Tests that check little: those of the two weakest bands. */
export function weakTests(bands: AuditPoint['bands']): number {
  return bands['execution only'] + bands.weak;
}

/** A mean strength as people read it. */
export function strengthText(strength: number | null): string {
  return strength === null ? '–' : strength.toFixed(1);
}

/** What is followed. */
export const MEASURES: readonly Measure[] = [
  { label: 'Mean strength', of: ({ strength }) => strength, show: strengthText, leastSpan: 10, more: 'better' },
  { label: 'Weak, up to 50', of: ({ bands }) => weakTests(bands), show: count, leastSpan: 10, more: 'worse' },
  { label: 'Findings', of: ({ findings }) => findings, show: count, leastSpan: 10, more: 'worse' },
  { label: 'Tests', of: ({ tests }) => tests, show: count, leastSpan: 10, more: 'neither' },
];

/** How a measure went, for an eye and for an ear. */
export interface Course {
  /** The value of the last audit. */
  now: string;
  /** For example `up 3.1`. */
  change: string;
  /** Whether that is well. */
  tone: 'well' | 'ill' | 'neither';
  /** The whole of it in a sentence. */
  sentence: string;
  /** Heights from 0, at the bottom, to 1; null where there is no value. */
  heights: (number | null)[];
}

/** How a measure went over at least two audits; undefined where it has fewer values. */
export function courseOf(measure: Measure, points: readonly AuditPoint[]): Course | undefined {
  const values = points.map((point) => measure.of(point));
  const known = values.filter((value) => value !== null);
  const [first, last] = [known[0], known.at(-1)];
  if (known.length < 2 || first === undefined || last === undefined) return undefined;
  const [low, high] = [Math.min(...known), Math.max(...known)];
  const span = Math.max(high - low, measure.leastSpan);
  const base = (low + high - span) / 2;
  const change = changeText(measure, last - first);
  const since = exactly((points[values.indexOf(first)] as AuditPoint).at);
  return {
    now: measure.show(last),
    change,
    tone: toneOf(measure, first, last),
    sentence: `${measure.label} over ${known.length} audits since ${since}: from ${measure.show(first)} to ${measure.show(last)}, ${change}; lowest ${measure.show(low)}, highest ${measure.show(high)}.`,
    heights: values.map((value) => (value === null ? null : (value - base) / span)),
  };
}

/** The path of a line through heights, left to right over a width, in SVG's words; it is broken where there is no value. */
export function lineThrough(heights: readonly (number | null)[], width: number, height: number): string {
  const step = width / Math.max(1, heights.length - 1);
  return heights
    .map((each, index) =>
      each === null ? '' : `${(heights[index - 1] ?? null) === null ? 'M' : 'L'}${round(index * step)} ${round(height * (1 - each))}`,
    )
    .join('');
}

function changeText(measure: Measure, change: number): string {
  const shown = measure.show(Math.abs(change));
  if (shown === measure.show(0)) return 'unchanged';
  return `${change > 0 ? 'up' : 'down'} ${shown}`;
}

function toneOf({ more, show }: Measure, first: number, last: number): Course['tone'] {
  if (more === 'neither' || show(first) === show(last)) return 'neither';
  return last > first === (more === 'better') ? 'well' : 'ill';
}

function round(value: number): number {
  return Math.round(value * 10) / 10;
}
