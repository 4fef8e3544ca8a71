import type { Bare } from '../../../syntax/index.ts';
import { type Chain, chainOf, isFunctionValue } from '../chain.ts';
import type { Recognized } from '../recognized.ts';

/** `fc.assert(fc.property(…))` of fast-check, and `test.prop([…])`: a property of many inputs. */
export function recognizeProperty(chain: Chain): Recognized | undefined {
  const [first] = chain.links;
  const what = first?.args?.[0];
  if (!/^(fc|fastCheck|fastcheck|jsc|testcheck)$/.test(chain.root.text) || !what) return undefined;
  if ((first.name !== 'assert' && first.name !== 'check') || alwaysHolds(what)) return undefined;
  return { kind: 'check', fact: 'property', subject: what, ...(/async/.test(what.text.slice(0, 40)) && { promised: true }) };
}

/** Whether a property neither answers anything nor has anything in it that could be an assertion. */
function alwaysHolds(property: Bare): boolean {
  if (property.type !== 'call_expression') return false;
  const predicate = chainOf(property).links.at(-1)?.args?.at(-1);
  const body = predicate && isFunctionValue(predicate) ? predicate.get('body') : undefined;
  if (body?.type !== 'statement_block' || body.some(({ type, children }) => type === 'return_statement' && children.length > 0)) return false;
  return !/expect|assert|should|throw|verify|check|ensure|fail|\bt\.|\b(?:strict|deep)\w*\(|\bequal/i.test(body.text);
}
