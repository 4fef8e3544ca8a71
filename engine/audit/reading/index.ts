export { holds, type Standing, secure, under } from './certainty.ts';
export { carried, type FunctionFinder, mayFollow } from './following.ts';
export { Gathered } from './gathered.ts';
export { readInOrder, type Statements } from './in-order.ts';
export { checkOf, type Stated } from './stated.ts';
export { Unfolding } from './unfolding.ts';
