export { countTests } from './gathering.ts';
export { saysNoTests } from './no-tests.ts';
export { only } from './only.ts';
export { recordTests, type TestRecorder } from './recorder.ts';
export { ScriptSteps } from './script-steps.ts';
export { watchesHooks } from './unchanged.ts';
