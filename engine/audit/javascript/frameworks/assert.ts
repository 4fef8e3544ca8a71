import type { Bare } from '../../../syntax/index.ts';
import { type Chain, isFunctionValue, squeezed, stringOf, unwrap } from '../chain.ts';
import { counting, type Place, type Recognized } from '../recognized.ts';
import { equality, isConstant, isSame, leaves, type Stated, thrown, truth } from '../values.ts';

/** Modules whose functions assert: `assert.equal(actual, expected)`. */
const MODULES =
  /^(?:node:)?assert(?:\/strict)?$|^(?:chai|power-assert|uvu\/assert|better-assert|proclaim|should|tape|tap|ava|qunit|@std\/assert|assert-plus|nanoassert|invariant|tiny-invariant|@japa\/assert|japa|tsd|baretest|expect-type)$/;

/** `assert`, of Node and of Chai, and what test frameworks give their tests to assert with: `t.is(…)` of AVA, tape, tap, node:test and QUnit. */
export function recognizeAssert(chain: Chain, place: Place): Recognized | undefined {
  if (isDroppedAnswer(chain, place)) return { kind: 'check', fact: 'truth', subject: chain.node, flaw: 'uncalled' };
  const [method, args] = calledMethod(chain, place) ?? [];
  if (method === undefined || !args) return undefined;
  if (/^(plan|expect|planned)$/.test(method)) return counting(args);
  if (/^(fail|unreachable|notOk|bailout)$/.test(method) && (method !== 'notOk' || args.length === 0)) return { kind: 'fail' };
  return ofMethod(method, args, place);
}

/** `isDeepStrictEqual(a, b);` of Node's util only answers, and here nobody asks. */
function isDroppedAnswer({ root, links, node }: Chain, { script }: Place): boolean {
  const imported = script.imports.get(root.text);
  if (!imported || !/^(node:)?util$/.test(imported.module) || node.parent?.type !== 'expression_statement') return false;
  return (
    (imported.name === 'isDeepStrictEqual' ? links.length === 1 && links[0]?.name === undefined : links[0]?.name === 'isDeepStrictEqual') &&
    links.at(-1)?.args !== undefined
  );
}

/** The method of an assertion and what it is given: `assert(x)` is `ok`. */
function calledMethod({ root, links: all }: Chain, { script, contexts }: Place): [string, readonly Bare[]] | undefined {
  // `require('assert').equal(…)`.
  const required = root.text === 'require' && MODULES.test(stringOf(all[0]?.args?.[0]) ?? '');
  const links = required ? all.slice(1) : all;
  const imported = script.imports.get(root.text);
  const isContext = contexts.has(root.text);
  const isAssert = required
    ? true
    : imported
      ? (imported.name === 'assert' && !imported.module.startsWith('.')) ||
        (MODULES.test(imported.module) && /^(assert|\*|default|strict)$/.test(imported.name))
      : isAssertName(root, script);
  const named = imported && MODULES.test(imported.module) && !isAssert ? imported.name : undefined;
  const [first, second, third] = links;
  if (contexts.has(`${root.text}()`) && !script.imports.has(root.text))
    return first?.name === undefined && first?.args ? [root.text, first.args] : undefined;
  // `not.throws(f)` of uvu.
  if (named === 'not' && first?.name && first.args) return [`not${first.name.charAt(0).toUpperCase()}${first.name.slice(1)}`, first.args];
  if (named) return first?.name === undefined && first?.args ? [named, first.args] : first?.args && first.name ? [first.name, first.args] : undefined;
  if (root.text === 'chai' && first?.name === 'assert')
    return second?.args && second.name ? [second.name, second.args] : first.args ? ['ok', first.args] : undefined;
  if (!isAssert && !isContext) return undefined;
  if (isContext && first?.name === 'assert' && !first.args && second?.name && second.args) return [second.name, second.args];
  if (isContext && first?.name === 'assert' && first.args) return ['ok', first.args];
  // `should(x).throw()` is a sentence of should.js.
  if (first?.name === undefined) return isAssert && first?.args && (second === undefined || root.text !== 'should') ? ['ok', first.args] : undefined;
  if (first.args) return [first.name, first.args];
  // `t.not.equal(…)`, `assert.strict.equal(…)`, `t.snapshot.skip(…)`.
  if (second?.args && second.name) return first.name === 'not' ? [`not${second.name}`, second.args] : [second.name, second.args];
  return third?.args && third.name ? [third.name, third.args] : undefined;
}

function isAssertName(root: Bare, script: Place['script']): boolean {
  if (!/^(assert|chaiAssert|nodeAssert|strictAssert)$/.test(root.text)) return false;
  const value = script.declared(root.text, root)?.value;
  return !value || /assert|referee/i.test(value.text.slice(0, 80));
}

/** What a method of an assertion library states; undefined where it asserts nothing that is known of. */
function ofMethod(method: string, args: readonly Bare[], { script }: Place): Recognized | undefined {
  const [subject, expected] = args;
  const stated = stateOf(method, args);
  if (!stated) return undefined;
  const promised = /^(rejects|doesNotReject|throwsAsync|notThrowsAsync|resolves|resolveMatch|isRejected|isFulfilled|becomes|eventually)$/.test(
    method,
  );
  if (promised) return { kind: 'check', ...stated, promised };
  if (method === 'pass' || !subject) return { kind: 'check', fact: 'truth', subject: 'pass', flaw: 'tautology' };
  const unary = UNARY.test(method) || stated.fact === 'truth';
  if (isConstant(subject, script) && (unary || isConstant(expected, script))) {
    if (unary ? isFalse(method, subject) : isEqual(method) && squeezed(subject) !== squeezed(expected ?? '')) return { kind: 'fail' };
    return { kind: 'check', ...stated, flaw: 'tautology' };
  }
  if (isEqual(method) && isSame(subject, unwrap(expected))) return { kind: 'check', ...stated, flaw: 'tautology' };
  return { kind: 'check', ...stated };
}

const UNARY = /^(ok|assert|true|truthy|isTrue|isOk|false|falsy|isFalse|isNotOk|exists|isDefined|isNull|isUndefined|assertTrue|assertFalse)$/;

function isFalse(method: string, subject: Bare): boolean {
  return /^(false|falsy|isFalse|isNotOk|assertFalse)$/.test(method) !== /^(false|0|null|undefined|''|"")$/.test(subject.text);
}

function isEqual(method: string): boolean {
  return /^(equal|equals|strictEqual|deepEqual|deepStrictEqual|is|isEqual|same|strictSame|deepEquals|eq|eql|assertEquals|assertStrictEquals|isDeepEqual|deepLooseEqual|looseEqual)$/.test(
    method,
  );
}

function stateOf(method: string, args: readonly Bare[]): Stated | undefined {
  const [subject, expected, third] = args;
  const about = subject ?? method;
  if (isEqual(method)) return subject && equality(subject, expected);
  switch (method) {
    case 'ok':
    case 'assert':
    case 'truthy':
    case 'isOk':
    case 'isTruthy':
    case 'invariant':
    case 'default':
    case '*':
      return subject ? truth(subject, 'truth') : { fact: 'truth', subject: about };
    case 'true':
    case 'isTrue':
    case 'false':
    case 'isFalse':
    case 'assertTrue':
    case 'assertFalse':
      return subject && truth(subject, 'boolean');
    case 'falsy':
    case 'notOk':
    case 'isNotOk':
    case 'pass':
      return { fact: 'truth', subject: about };
    case 'null':
    case 'isNull':
    case 'undefined':
    case 'isUndefined':
    case 'isEmpty':
      return { fact: 'nothing', subject: about };
    case 'isNaN':
      return { fact: 'boolean', subject: about };
    case 'isDefined':
    case 'isNotNull':
    case 'exists':
    case 'exist':
    case 'isNotUndefined':
    case 'ifError':
    case 'error':
    case 'isNotEmpty':
    case 'notEmpty':
    case 'assertExists':
      return { fact: 'exists', subject: about };
    case 'isArray':
    case 'isObject':
    case 'isString':
    case 'isNumber':
    case 'isBoolean':
    case 'isFunction':
    case 'instance':
    case 'instanceOf':
    case 'isInstanceOf':
    case 'typeOf':
    case 'type':
    case 'assertInstanceOf':
      return { fact: 'type', subject: about };
    case 'isAbove':
    case 'isBelow':
    case 'isAtLeast':
    case 'isAtMost':
    case 'assertGreater':
    case 'assertLess':
      return { fact: 'order', subject: about };
    case 'closeTo':
    case 'approximately':
      return { fact: 'approximate', subject: about };
    case 'lengthOf':
    case 'sizeOf':
      return { fact: 'count', subject: about };
    case 'property':
      return third ? { fact: 'value', subject: `${squeezed(about)}.${expected?.text}` } : { fact: 'exists', subject: about };
    case 'propertyVal':
    case 'deepPropertyVal':
    case 'nestedPropertyVal':
      return { fact: 'value', subject: `${squeezed(about)}.${expected?.text}` };
    case 'include':
    case 'includes':
    case 'contains':
    case 'deepInclude':
    case 'include.members':
    case 'sameMembers':
    case 'sameDeepMembers':
    case 'includeMembers':
    case 'hasAllKeys':
    case 'has':
    case 'hasStrict':
    case 'hasProps':
    case 'partialDeepEqual':
    case 'partialDeepStrictEqual':
    case 'like':
    case 'containSubset':
    case 'oneOf':
    case 'isOneOf':
    case 'matchObject':
    case 'propEqual':
      return { fact: 'partial', subject: about, details: Math.max(1, expected ? leaves(expected) : 1) };
    case 'match':
    case 'regex':
    case 'matches':
    case 'assertMatch':
      return { fact: 'pattern', subject: about };
    case 'throws':
    case 'throw':
    case 'rejects':
    case 'throwsAsync':
    case 'raises':
    case 'assertThrows':
    case 'assertRejects':
      // A text alone is the message of the assertion, not of the error; for Chai and AVA it is another thing.
      return thrown(
        about as Bare,
        expected && (expected.type === 'string' || expected.type === 'template_string') && method !== 'throw' ? third : expected,
      );
    case 'isRejected':
      return thrown(about as Bare, expected);
    case 'doesNotThrow':
    case 'doesNotReject':
    case 'notThrows':
    case 'notThrowsAsync':
    case 'resolves':
    case 'resolve':
    case 'isFulfilled':
      return { fact: 'no-error', subject: about };
    case 'becomes':
    case 'resolveMatch':
      return { fact: 'value', subject: about };
    case 'snapshot':
    case 'matchSnapshot':
    case 'fileSnapshot':
      return { fact: 'large-snapshot', subject: about };
    case 'expectTypeOf':
    case 'assertType':
    case 'expectType':
    case 'expectError':
    case 'expectAssignable':
      return { fact: 'types', subject: about };
    default:
      return /^(not|doesNot|isNot|isnt|notDeep|deepNot)/.test(method) && args.length > 0 && !(subject && isFunctionValue(subject))
        ? { fact: args.length > 1 ? 'different' : 'truth', subject: about }
        : undefined;
  }
}
