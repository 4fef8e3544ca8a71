export { CompileOutput } from './compile-output.ts';
export { instrumentCompile } from './instrument.ts';
export type { Lookup } from './places.ts';
