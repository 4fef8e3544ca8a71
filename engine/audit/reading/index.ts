export { holds, type Standing, secure, under, untold } from './certainty.ts';
export { calleeName, callsOwn, doubting, isArranged, isLaidOut, type Origins, saysCheck } from './doubt.ts';
export { carried, type FunctionFinder, mayFollow } from './following.ts';
export { Gathered } from './gathered.ts';
export { readInOrder, type Statements } from './in-order.ts';
export { originsIn } from './origins.ts';
export { checkOf, type Stated } from './stated.ts';
export { Unfolding } from './unfolding.ts';
