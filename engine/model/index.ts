export type { Evidence } from './evidence.ts';
export { type FailedTest, type Failure, type FailureCode, fail, ok, type Result } from './failure.ts';
export type { JobContext } from './job.ts';
export { Lines } from './lines.ts';
export { comparePositions, containsPosition, containsRange, type Position, type Range } from './position.ts';
export { randomNumbers, sample, shuffle } from './random.ts';
