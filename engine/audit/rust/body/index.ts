export { Walk } from './walk.ts';
