export { statementsIn } from './look.ts';
export { Walk } from './walk.ts';
