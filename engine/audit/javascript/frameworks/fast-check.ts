import type { Chain } from '../chain.ts';
import type { Recognized } from '../recognized.ts';

/** `fc.assert(fc.property(…))` of fast-check, and `test.prop([…])`: a property of many inputs. */
export function recognizeProperty(chain: Chain): Recognized | undefined {
  const [first] = chain.links;
  const what = first?.args?.[0];
  if (!/^(fc|fastCheck|fastcheck|jsc|testcheck)$/.test(chain.root.text) || !what) return undefined;
  if (first.name !== 'assert' && first.name !== 'check') return undefined;
  return { kind: 'check', fact: 'property', subject: what, ...(/async/.test(what.text.slice(0, 40)) && { promised: true }) };
}
