import type { Bare } from '../../../syntax/index.ts';
import { type Chain, type Link, squeezed, unwrap } from '../chain.ts';
import type { Place, Recognized } from '../recognized.ts';
import { equality, isConstant, isSame, leaves, type Stated, thrown, truth } from '../values.ts';

/** `assume(x).equals(1)` of assume, which has Chai's words. */
export function recognizeAssume({ root, links }: Chain, place: Place): Recognized | readonly Recognized[] | undefined {
  const [first, ...rest] = links;
  const subject = root.text === 'assume' && first?.name === undefined ? first?.args?.[0] : undefined;
  return subject && rest.length > 0 ? ofChai(subject, rest, place) : undefined;
}

/** `x.should.equal(1)` of Chai and should.js, and `should.exist(x)`. Chai's `expect` is read where Jest's is, and told by its words. */
export function recognizeShould(chain: Chain, place: Place): Recognized | readonly Recognized[] | undefined {
  const at = chain.links.findIndex(({ name }) => name === 'should');
  const link = chain.links[at];
  if (link) {
    const rest = chain.links.slice(at + 1);
    const subject = link.node.get('object') ?? link.node.get('function')?.get('object');
    return rest.length > 0 && subject ? ofChai(subject, rest, place) : undefined;
  }
  if (chain.root.text !== 'should') return undefined;
  if (chain.links[0]?.name === 'fail') return { kind: 'fail' };
  const [first, ...rest] = chain.links[0]?.name === 'not' ? chain.links.slice(1) : chain.links;
  const subject = first?.args?.[0];
  if (!subject) return undefined;
  if (first.name === undefined) return rest.length > 0 ? ofChai(subject, rest, place) : undefined;
  if (first.name === 'exist') return { kind: 'check', fact: 'exists', subject };
  return first.name === 'equal' ? { kind: 'check', ...equality(subject, first.args?.[1]) } : undefined;
}

/** Words of Chai's language that Jest does not have. */
export const CHAI_WORDS = new Set(['to', 'be', 'been', 'have', 'is', 'that', 'deep', 'should', 'eventually', 'an', 'does', 'has', 'with']);

/** Chai's assertions that need no call. */
const CHAI_PROPERTIES: Record<string, Stated['fact']> = {
  ok: 'truth',
  true: 'boolean',
  false: 'boolean',
  null: 'nothing',
  undefined: 'nothing',
  NaN: 'boolean',
  exist: 'exists',
  empty: 'nothing',
  arguments: 'type',
  finite: 'type',
  extensible: 'boolean',
  sealed: 'boolean',
  frozen: 'boolean',
  called: 'called',
  calledOnce: 'called',
  calledTwice: 'called',
  calledThrice: 'called',
  notCalled: 'called',
  fulfilled: 'exists',
  rejected: 'any-error',
};

/** Whether a property is an assertion by itself: `expect(x).null`. */
export function isChaiProperty({ name = '', args }: Link): boolean {
  return args === undefined && Object.hasOwn(CHAI_PROPERTIES, name);
}

/** `expect(x).to.…` and `x.should.…` of Chai and its plugins; `rest` is what follows the subject. */
export function ofChai(subject: Bare, rest: readonly Link[], { script }: Place): Recognized | readonly Recognized[] {
  const names = new Set(rest.map(({ name }) => name));
  const negated = names.has('not');
  const promised = names.has('eventually') || names.has('fulfilled') || names.has('rejected') || names.has('rejectedWith') || names.has('become');
  const stated: Stated[] = [];
  for (const link of rest) {
    const one = chaiLink(link, subject, rest);
    if (one) stated.push(negated ? denied(one, subject, link.name ?? '') : one);
  }
  // A method that is not known is one of a plugin.
  if (stated.length === 0 && rest.some(({ args }) => args !== undefined)) return { kind: 'check', fact: 'custom', subject };
  if (stated.length === 0) return { kind: 'check', fact: 'truth', subject, flaw: 'uncalled' };
  const expected = rest.findLast(({ args }) => args !== undefined)?.args?.[0];
  const constant = isConstant(subject, script) && (!expected || isConstant(expected, script));
  if (constant && !promised && !negated && chaiFails(subject, rest, expected)) return { kind: 'fail' };
  const isTautology = !promised && (constant || (!negated && (names.has('equal') || names.has('eql')) && isSame(subject, unwrap(expected))));
  return stated.map((one) => ({ kind: 'check', ...one, ...(promised && { promised }), ...(isTautology && { flaw: 'tautology' as const }) }));
}

function chaiFails(subject: Bare, rest: readonly Link[], expected: Bare | undefined): boolean {
  const last = rest.at(-1)?.name ?? '';
  if (/^(equal|equals|eq|eql|eqls)$/.test(last)) return squeezed(subject) !== squeezed(expected ?? '');
  if (last === 'true' || last === 'ok') return /^(false|0|null|undefined)$/.test(subject.text);
  return last === 'false' && /^(true|string|number|template_string)$/.test(subject.type);
}

function denied(stated: Stated, subject: Bare, word: string): Stated {
  if (stated.fact === 'nothing' || word === 'undefined' || word === 'null') return { fact: 'exists', subject };
  if (stated.fact === 'error' || stated.fact === 'any-error') return { fact: 'no-error', subject };
  if (stated.fact === 'calls') return { fact: 'called', subject };
  return /^(called|truth|exists|order|boolean|type)$/.test(stated.fact) ? stated : { fact: 'different', subject };
}

function chaiLink({ name = '', args }: Link, subject: Bare, rest: readonly Link[]): Stated | undefined {
  const [expected, second] = args ?? [];
  if (!args) {
    const fact = CHAI_PROPERTIES[name];
    return (
      fact &&
      (fact === 'truth' || fact === 'boolean'
        ? name === 'ok' || name === 'true' || name === 'false'
          ? truth(subject, fact)
          : { fact, subject }
        : { fact, subject })
    );
  }
  switch (name) {
    case 'equal':
    case 'equals':
    case 'eq':
    case 'eql':
    case 'eqls':
    case 'become':
      return rest.some(({ name: other, args: inner }) => other === 'property' && inner) ? { fact: 'value', subject } : equality(subject, expected);
    case 'ok':
    case 'true':
    case 'false':
    case 'null':
    case 'undefined':
    case 'exist':
    case 'empty':
      return { fact: CHAI_PROPERTIES[name] ?? 'boolean', subject };
    case 'a':
    case 'an':
    case 'instanceof':
    case 'instanceOf':
    case 'respondTo':
      return { fact: 'type', subject };
    case 'above':
    case 'gt':
    case 'greaterThan':
    case 'least':
    case 'gte':
    case 'below':
    case 'lt':
    case 'lessThan':
    case 'most':
    case 'lte':
    case 'within':
      return { fact: rest.some(({ name: other }) => other === 'length') ? 'count' : 'order', subject };
    case 'closeTo':
    case 'approximately':
      return { fact: 'approximate', subject };
    case 'length':
    case 'lengthOf':
    case 'sizeOf':
      return { fact: 'count', subject };
    case 'property':
    case 'ownProperty':
    case 'nested':
      return second
        ? { ...equality(subject, second), subject: `${squeezed(subject)}.${expected?.text}` }
        : { fact: 'exists', subject: `${squeezed(subject)}.${expected?.text}` };
    case 'include':
    case 'includes':
    case 'contain':
    case 'contains':
    case 'members':
    case 'keys':
    case 'key':
    case 'oneOf':
    case 'satisfy':
    case 'containSubset':
      return { fact: 'partial', subject, details: Math.max(1, expected ? leaves(expected) : 1) };
    case 'match':
    case 'string':
      return { fact: 'pattern', subject };
    case 'throw':
    case 'throws':
    case 'Throw':
    case 'rejectedWith':
      // `throw(Error, 'malformed')` names the message.
      return second ? { fact: 'error', subject } : thrown(subject, expected);
    case 'rejected':
      return { fact: 'any-error', subject };
    case 'calledWith':
    case 'calledWithExactly':
    case 'calledOnceWith':
    case 'calledOnceWithExactly':
    case 'calledWithMatch':
      return { fact: 'calls', subject: `${squeezed(subject)}(${args.map((arg) => squeezed(arg)).join()})`, details: Math.max(1, args.length) };
    case 'called':
    case 'calledOnce':
    case 'calledTwice':
    case 'calledThrice':
    case 'callCount':
      return { fact: 'called', subject };
    case 'change':
    case 'increase':
    case 'decrease':
    case 'status':
    case 'header':
    case 'json':
      return { fact: 'value', subject };
    default:
      return undefined;
  }
}
