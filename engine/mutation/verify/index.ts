export type { Check } from './check.ts';
export { isVerifiable } from './verifiable.ts';
export { countResults, type Verification } from './verification.ts';
export { type VerifyEvent, verify } from './verify.ts';
