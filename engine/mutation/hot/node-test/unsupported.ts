/** A part of node:test that is not ours to do. */
export class Unsupported extends Error {}
