export { isIdle } from './shapes.ts';
export { Walk } from './walk.ts';
