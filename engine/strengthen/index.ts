export { type LetThrough, letThrough } from './let-through.ts';
export { type StrengthenRequest, strengthen } from './strengthen.ts';
export type { Proposal, StrengthenEvent, Strengthening, TestEdit, Unkilled } from './strengthening.ts';
export { ToolShed } from './tools/index.ts';
export { changed } from './writing/index.ts';
