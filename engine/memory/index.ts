export { Garbage } from './garbage.ts';
export { nursery } from './nursery.ts';
