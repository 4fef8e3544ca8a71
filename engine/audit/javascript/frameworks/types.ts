import type { Chain } from '../chain.ts';
import type { Recognized } from '../recognized.ts';

const FUNCTIONS = /^(expectTypeOf|assertType|expectType|expectError|expectAssignable|expectNotAssignable|expectNotType|expectDeprecated|attest)$/;

/** Assertions about types that the compiler checks: `expectTypeOf(x).toEqualTypeOf<string>()`, `expectType<string>(x)` of tsd. */
export function recognizeTypes(chain: Chain): Recognized | undefined {
  if (!FUNCTIONS.test(chain.root.text)) return undefined;
  const [first] = chain.links;
  if (!first?.args) return undefined;
  const isUncalled = chain.root.text === 'expectTypeOf' && chain.links.length < 2 && !/^expectTypeOf\s*</.test(chain.node.text);
  return { kind: 'check', fact: 'types', subject: first.args[0] ?? chain.node, ...(isUncalled && { flaw: 'uncalled' as const }) };
}
