export type { Check } from './check.ts';
export { isVerifiable, sample } from './sample.ts';
export { countResults, type Verification } from './verification.ts';
export { type VerifyEvent, verify } from './verify.ts';
