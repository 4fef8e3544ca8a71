export type { DefectOutcome } from './defects.ts';
export { hashesNow } from './hashes.ts';
export { type FalsePositive, falsePositives, type Priority } from './inventory.ts';
export { type ProveEvent, type Proven, type ProveRequest, proveTests } from './prove.ts';
export { type HashOfFile, type KnownTestimony, type ReachedBy, Testimonies } from './testimonies.ts';
export type { FileTestimony, Testimony, TestVerdict } from './testimony.ts';
export { type WitnessedFile, withSeen, witnessed } from './witnessed.ts';
