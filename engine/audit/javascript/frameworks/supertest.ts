import { type Chain, squeezed } from '../chain.ts';
import type { Recognized } from '../recognized.ts';
import { leaves } from '../values.ts';

/** `request(app).get('/').expect(200)` of supertest and what is like it, under any name: calls of `expect` at a request, which nothing but a wait for it makes. */
export function recognizeRequest(chain: Chain): readonly Recognized[] | undefined {
  const expects = chain.links.filter(
    ({ name, args }, i) => i > 0 && (name === 'expect' || name === 'expectStatus' || name === 'assertStatus') && args,
  );
  if (expects.length === 0 || /^(t|test|expect)$/.test(chain.root.text)) return undefined;
  const request = squeezed(
    chain.links
      .slice(
        0,
        chain.links.findIndex(({ name }) => name === 'expect'),
      )
      .at(-1)?.node ?? chain.root,
  );
  // A function as the last argument of one of them, or `end`, starts the request and is told.
  const told = chain.links.some(({ name, args = [] }) => name === 'end' || (name === 'expect' && args.length > 1 && isCallback(args.at(-1)?.type)));
  return expects.flatMap(({ args = [], node }): Recognized[] => {
    const [what, more] = args;
    if (!what || isCallback(what.type))
      return what && what.type !== 'identifier' ? [{ kind: 'check', fact: 'custom', subject: request, node, promised: !told }] : [];
    if (what.type === 'object' || what.type === 'array')
      return [{ kind: 'check', fact: 'structure', subject: `${request}.body`, details: Math.max(1, leaves(what)), node, promised: !told }];
    if (what.type === 'regex') return [{ kind: 'check', fact: 'pattern', subject: `${request}.body`, node, promised: !told }];
    const header = what.type === 'string' && more && !isCallback(more.type);
    const fact = header && more.type === 'regex' ? 'pattern' : 'value';
    return [{ kind: 'check', fact, subject: `${request}.${header ? what.text : what.type === 'string' ? 'body' : 'status'}`, node, promised: !told }];
  });
}

function isCallback(type: string | undefined): boolean {
  return type === 'identifier' || type === 'arrow_function' || type === 'function_expression' || type === 'call_expression';
}
