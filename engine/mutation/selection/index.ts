export { ARID_RULES } from './arid-rules.ts';
export { bestSurvivors } from './best.ts';
export { notUsefulPattern, withPattern } from './not-useful.ts';
export { Sifter } from './sifter.ts';
export { WEIGHTS } from './worth.ts';
