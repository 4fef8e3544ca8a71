export { type ProveEvent, type Proven, type ProveRequest, proveTests } from './prove.ts';
export type { FileTestimony, NeverMade, ReachedFunction, Testimony, TestVerdict } from './testimony.ts';
