export { isVerifiable, sample } from './sample.ts';
export { countResults, type Verification } from './verification.ts';
export { type Check, type VerifyEvent, verify } from './verify.ts';
