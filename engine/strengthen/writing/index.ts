export { changed, type PlacedChange } from './changes.ts';
export { WritingDesk } from './desk.ts';
export type { Wanted, Way } from './reaching.ts';
export { beginningOf } from './skeleton.ts';
