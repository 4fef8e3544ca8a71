export { type ProveEvent, type ProveRequest, type Proven, proveTests } from './prove.ts';
export type { FileTestimony, NeverMade, ReachedFunction, Testimony, TestVerdict } from './testimony.ts';
