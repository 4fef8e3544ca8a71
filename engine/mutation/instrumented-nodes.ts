/** The names that StrykerJS's instrumenter gives what asks whether a mutant is on, and what counts which code runs. */
export const ACTIVE = 'stryMutAct_9fa48';
export const COVER = 'stryCov_9fa48';

/** Fields of a node of Babel's in which there is no code. */
const NO_CODE = /^(loc|tokens|errors|extra|(leading|inner|trailing)?[cC]omments)$/;

/** Whether something is a node of Babel's. */
export function isNode(value: unknown): value is { type: string } {
  return typeof value === 'object' && value !== null && 'type' in value && typeof value.type === 'string';
}

/** The fields of a node in which code may stand: a node, a list of nodes or something else. */
export function fieldsOf(node: object): [key: string, value: unknown][] {
  return Object.entries(node).filter(([key]) => !NO_CODE.test(key));
}
