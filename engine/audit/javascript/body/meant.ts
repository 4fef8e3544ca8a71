import type { Bare } from '../../../syntax/index.ts';
import { type Chain, chainOf, unwrap, withoutAwait } from '../chain.ts';
import type { Helper } from '../helpers.ts';
import { isFunctionLike } from '../script.ts';
import type { Walk } from './walk.ts';

/** How many helpers may hand on what another one makes. */
const HANDED_ON = 3;

/**
 * What is meant where a name or a helper stands for an expectation that still has no matcher: the whole chain of `const status = expect.poll(f)` and `status.toBe(1)`,
 * or the method of an object of matchers that a helper makes (`expectJSON(x).toDeepEqual(y)`). Undefined where neither stands for one.
 */
export function meant({ helpers, script }: Walk, chain: Chain): Chain | Helper | undefined {
  let at = chain;
  let where = script;
  for (let i = 0; i < HANDED_ON; i++) {
    const [first, second] = at.links;
    if (at.root.type !== 'identifier' || !first) return undefined;
    if (first.name !== undefined) {
      const value = unwrap(where.declared(at.root.text, at.root)?.value);
      return value && /^expect\b/.test(value.text) ? joined(chainOf(value), at.links, chain.node) : undefined;
    }
    if (second === undefined) return undefined;
    const helper = helpers.find(at, where);
    const made = helper && madeBy(helper.fn);
    if (!made) return undefined;
    where = helper.script;
    if (made.type === 'object') return memberOf(made, second.name ?? '', where);
    at = joined(chainOf(made), at.links.slice(1), chain.node);
    if (at.root.text === 'expect') return at;
  }
  return undefined;
}

function joined({ root, links }: Chain, rest: Chain['links'], node: Bare): Chain {
  return { root, links: [...links, ...rest], node };
}

/** What a function comes to, where it ends by saying so. */
function madeBy(fn: Bare): Bare | undefined {
  const body = fn.get('body');
  const last =
    body?.type === 'statement_block' ? body.children.findLast(({ type }) => type !== 'comment' && type !== 'function_declaration') : undefined;
  const value = body?.type === 'statement_block' ? (last?.type === 'return_statement' ? last.children[0] : undefined) : unwrap(body);
  return value && withoutAwait(value);
}

function memberOf(object: Bare, name: string, script: Helper['script']): Helper | undefined {
  for (const member of object.children) {
    const fn = member.type === 'pair' ? unwrap(member.get('value')) : member;
    if ((member.get('key') ?? member.get('name'))?.text === name && fn && isFunctionLike(fn)) return { name, fn, script };
  }
  return undefined;
}
