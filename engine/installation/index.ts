export { type Forked, forkNode, type NodeChild, startNode } from './child.ts';
export { shippedFile } from './shipped-file.ts';
