import type { Bare } from '../../syntax/index.ts';
import type { Fix, Flaw } from '../model.ts';
import { type Chain, chainOf } from './chain.ts';
import { enclosingFunction, parameterNames } from './script.ts';

/** Matchers that say all without an argument. */
const BARE =
  /^(toBeTruthy|toBeFalsy|toBeDefined|toBeUndefined|toBeNull|toBeNaN|toThrow|toThrowError|toHaveBeenCalled|toMatchSnapshot|toBeInTheDocument|toBeVisible)$/;

/** What sets a flaw of an assertion right; undefined where a person has to think. `test` is the function of the test. */
export function fixOf(flaw: Flaw, { node, links }: Chain, test: Bare): Fix | undefined {
  const isStatement = node.parent?.type === 'expression_statement';
  switch (flaw) {
    case 'unawaited': {
      if (!isStatement || enclosingFunction(node) !== test) return undefined;
      const isAsync = /^async\b/.test(test.head);
      // One that is given `done` may return no promise, and a generator cannot await.
      if (test.type === 'generator_function' || (!isAsync && parameterNames(test).length > 0)) return undefined;
      const edits = [{ start: node.start, end: node.start, text: 'await ' }];
      if (!isAsync) edits.unshift({ start: test.start, end: test.start, text: 'async ' });
      return { title: isAsync ? 'Await it' : 'Await it, and make the test async', edits };
    }
    case 'uncalled': {
      const last = links.at(-1);
      if (!last?.name || last.args || !BARE.test(last.name)) return undefined;
      return { title: `Call ${last.name}`, edits: [{ start: node.end, end: node.end, text: '()' }] };
    }
    case 'tautology': {
      const statement = node.parent;
      // Where it is all that a condition leads to, what follows would take its place.
      if (!isStatement || !/^(statement_block|program)$/.test(statement?.parent?.type ?? '')) return undefined;
      if (!statement) return undefined;
      return { title: 'Remove this assertion', edits: [{ start: statement.start, end: statement.end, text: '' }] };
    }
    default:
      return undefined;
  }
}

/** What lets other tests run again: without `.only`, or the letter before its name. */
export function unfocus(call: Bare): Fix | undefined {
  const { root, links } = chainOf(call);
  const only = links.find(({ name }) => name === 'only');
  if (only) {
    const member = only.args ? only.node.get('function') : only.node;
    const object = member?.get('object');
    if (!member || !object) return undefined;
    return { title: 'Remove .only', edits: [{ start: object.end, end: member.end, text: '' }] };
  }
  if (!/^f(it|test|describe)$/.test(root.text)) return undefined;
  return { title: `Write ${root.text.slice(1)}`, edits: [{ start: root.start, end: root.start + 1, text: '' }] };
}
