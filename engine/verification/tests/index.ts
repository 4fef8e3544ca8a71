export { countTests } from './gathering.ts';
export { only } from './only.ts';
export { recordTests, type TestRecorder } from './recorder.ts';
