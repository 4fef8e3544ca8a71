export { findGaps, type GapEvent } from './find-gaps.ts';
export type { Gap, GapMatrix, Risk, Unmatched } from './model.ts';
