import { type Bare, nodeAt } from '../../../syntax/index.ts';
import type { Span, Suggestion, TestAudit } from '../../model.ts';
import { chainOf } from '../chain.ts';
import type { Script } from '../script.ts';
import { countAssertions } from './count-assertions.ts';
import { nameError } from './name-error.ts';
import { compareStrictly } from './strict-equality.ts';

/** The message of the error that an assertion was seen to get when its test ran; undefined where none is known. */
export type SeenMessage = (check: Span) => string | undefined;

/** What would have the assertions that touch a place say more. */
export function suggest(script: Script, tests: readonly TestAudit[], within: Span, seen: SeenMessage): Suggestion[] {
  const touches = ({ start, end }: Span) => start <= within.end && end >= within.start;
  return tests.filter(touches).flatMap((test) => {
    const own = test.checks.filter(({ via }) => via === undefined);
    const chains = own.filter(touches).flatMap((check) => {
      const node = nodeAt(script.root, check);
      return node && isChain(node) ? [{ check, chain: chainOf(node) }] : [];
    });
    return [
      ...chains.flatMap(({ check, chain }) => compareStrictly(check, chain, script) ?? []),
      ...chains.flatMap(({ check, chain }) => nameError(check, chain, script, seen(check)) ?? []),
      ...countAssertions(test, script).filter(({ at }) => touches(at)),
    ];
  });
}

function isChain({ type }: Bare): boolean {
  return type === 'call_expression' || type === 'member_expression';
}
