export { isIdle } from './idle.ts';
export { type Reading, Walk } from './walk.ts';
