import type { Bare } from '../../../syntax/index.ts';
import type { Check, Suggestion } from '../../model.ts';
import { type Chain, unwrap } from '../chain.ts';
import type { Script } from '../script.ts';
import { expectOf } from './expect-of.ts';

/** Modules whose `expect` has `toStrictEqual`. */
const MODULES = /^(vitest|@jest\/globals|bun:test|expect|@playwright\/test)$/;

/**
 * `toStrictEqual` in the place of `toEqual`, which takes properties that are undefined for missing ones and does not look at classes. Only where objects are
 * compared, of which this is so, and not behind `not`, where it would say less.
 */
export function compareStrictly(check: Check, { root, links }: Chain, script: Script): Suggestion | undefined {
  const module = expectOf(root, script);
  const link = links.find(({ name }) => name === 'toEqual');
  const name = link?.args && link.node.get('function')?.get('property');
  if (!name || check.flaw || (module !== 'global' && !MODULES.test(module)) || links.some((one) => one.name === 'not')) return undefined;
  if (!holdsObjects(link.args?.[0], script)) return undefined;
  const { start, end } = name;
  return {
    at: check,
    needsJest: module === 'global',
    fix: { title: 'Compare strictly: toStrictEqual', edits: [{ start, end, text: 'toStrictEqual' }] },
  };
}

/** Whether a value is spelled out with an object in it, or with an element that is undefined. */
function holdsObjects(node: Bare | undefined, script: Script): boolean {
  const value = unwrap(node);
  if (value?.type !== 'identifier') return value !== undefined && isLiteral(value) && value.some(makesDifference);
  const declared = unwrap(script.declared(value.text, value)?.value);
  return declared !== undefined && isLiteral(declared) && declared.some(makesDifference);
}

function isLiteral({ type }: Bare): boolean {
  return type === 'object' || type === 'array';
}

function makesDifference({ type, text }: Bare): boolean {
  return type === 'object' || type === 'undefined' || (type === 'identifier' && text === 'undefined');
}
