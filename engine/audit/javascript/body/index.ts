export { type Reading, Walk } from './walk.ts';
