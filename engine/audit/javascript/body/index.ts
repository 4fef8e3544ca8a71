export { isIdle } from './shapes.ts';
export { type Reading, Walk } from './walk.ts';
