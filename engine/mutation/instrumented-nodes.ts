/** The names that StrykerJS's instrumenter gives what asks whether a mutant is on, and what counts which code runs. */
export const ACTIVE = 'stryMutAct_9fa48';
export const COVER = 'stryCov_9fa48';

/** Fields of a node of Babel's in which there is no code. */
const NO_CODE = new Set(['loc', 'tokens', 'errors', 'extra', 'comments', 'leadingComments', 'innerComments', 'trailingComments']);

/** Whether something is a node of Babel's. */
export function isNode(value: unknown): value is { type: string } {
  return typeof value === 'object' && value !== null && 'type' in value && typeof value.type === 'string';
}

/** The fields of a node in which code may stand: a node or a list of nodes. */
export function fieldsOf(node: object): [key: string, value: object][] {
  const fields: [string, object][] = [];
  for (const key of Object.keys(node)) {
    const value: unknown = (node as Record<string, unknown>)[key];
    if (typeof value === 'object' && value !== null && !NO_CODE.has(key)) fields.push([key, value]);
  }
  return fields;
}
