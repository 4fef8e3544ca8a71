export { statementsIn } from './look.ts';
export { isIdle } from './shapes.ts';
export { Walk } from './walk.ts';
