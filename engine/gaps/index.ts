export { findGaps, type GapEvent } from './find-gaps.ts';
export { findRoutes } from './find-routes.ts';
export type { Gap, GapMatrix, Risk, Unmatched } from './model.ts';
