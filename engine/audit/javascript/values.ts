import type { Bare } from '../../syntax/index.ts';
import { FACTS, type Fact } from '../facts.ts';
import { chainOf, squeezed, stringOf, unwrap, withoutAwait } from './chain.ts';
import type { Script } from './script.ts';

/** A fact about a subject. */
export interface Stated {
  fact: Fact;
  subject: Bare | string;
  details?: number;
}

const LITERALS = new Set(['number', 'string', 'true', 'false', 'null', 'undefined', 'regex']);

/** What an assertion says that sets a subject equal to an expected value. */
export function equality(subject: Bare, expected: Bare | undefined): Stated {
  const value = unwrap(expected);
  // `assert.equal(true, found)`: the constant is what is expected.
  if (value && /^(true|false|null|undefined)$/.test(subject.type) && !LITERALS.has(value.type)) return equality(value, subject);
  if (!value) return { fact: 'value', subject };
  if (value.type === 'true' || value.type === 'false') return truth(subject, 'boolean');
  if (isNothing(value)) return { fact: lengthOf(subject) ? 'count' : 'nothing', subject };
  if (value.type === 'object' || value.type === 'array') {
    const details = leaves(value);
    if (details === 0 && value.children.length > 0) return { fact: 'type', subject };
    return details > 0 ? { fact: 'structure', subject, details } : { fact: 'value', subject };
  }
  const chain = chainOf(value);
  if (chain.root.text === 'expect' && chain.links.length > 0)
    return asymmetric(subject, chain.links.at(-1)?.name ?? '', chain.links.at(-1)?.args?.[0]);
  return lengthOf(subject) ? { fact: 'count', subject } : { fact: 'value', subject };
}

/**
 * What an assertion says that wants something to be true. What is compared inside tells more than that it is true: `assert(a === 3)` is about a value.
 * `plain` is the fact where nothing is compared.
 */
export function truth(subject: Bare, plain: 'boolean' | 'truth'): Stated {
  const inner = withoutAwait(subject);
  if (inner.type === 'unary_expression' && inner.head.trim() === '!' && inner.children[0]) return truth(inner.children[0], plain);
  if (inner.type === 'binary_expression') {
    const [left, right] = inner.children;
    if (!left || !right) return { fact: plain, subject };
    switch (inner.operator) {
      case '===':
      case '==':
        if (left.type === 'unary_expression' && left.head.trim() === 'typeof') return { fact: 'type', subject: left };
        return equality(left, right);
      case '!==':
      case '!=':
        return right.type === 'null' || right.type === 'undefined' || right.text === 'undefined'
          ? { fact: 'exists', subject: left }
          : { fact: 'different', subject: left };
      case '<':
      case '>':
      case '<=':
      case '>=':
        return { fact: 'order', subject: left };
      case 'instanceof':
      case 'in':
        return { fact: 'type', subject: left };
      case '&&':
        return stronger(truth(left, plain), truth(right, plain));
      default:
        return { fact: plain, subject };
    }
  }
  const branches = inner.type === 'ternary_expression' ? inner.children.slice(1) : [];
  if (branches[0] && branches[1]) return stronger(truth(branches[0], plain), truth(branches[1], plain));
  const last = inner.type === 'call_expression' ? chainOf(inner).links.at(-1) : undefined;
  if (last?.args && /^(includes|has|startsWith|endsWith|equals|isEqual|some|every)$/.test(last.name ?? '')) return { fact: 'partial', subject };
  if (last?.args && last.name === 'test' && inner.type === 'call_expression') return { fact: 'pattern', subject: last.args[0] ?? subject };
  // A question that is answered by true or false, by its name.
  if (last?.args && /^(is|has|can|are|does|matches|contains)(?=$|[A-Z_])/.test(last.name ?? chainOf(inner).root.text))
    return { fact: 'boolean', subject };
  return { fact: plain, subject };
}

function stronger(a: Stated, b: Stated): Stated {
  return FACTS[b.fact].weight > FACTS[a.fact].weight ? b : a;
}

/** What a matcher of its own inside an expected value says: `expect.any(Number)`. */
export function asymmetric(subject: Bare, name: string, argument: Bare | undefined): Stated {
  if (name === 'any' || name === 'anything') return { fact: 'type', subject };
  if (name === 'stringMatching' || name === 'stringContaining') return { fact: 'pattern', subject };
  if (name === 'closeTo') return { fact: 'approximate', subject };
  return { fact: 'partial', subject, details: Math.max(1, argument ? leaves(argument) : 1) };
}

/** Whether a value is written out that is what is there when there is nothing. */
function isNothing(value: Bare): boolean {
  return (
    /^(null|undefined)$/.test(value.type) ||
    /^(undefined|''|""|``|void 0)$/.test(value.text) ||
    (/^(object|array)$/.test(value.type) && value.children.length === 0)
  );
}

/** How many values a literal spells out; what stands for any value of a type counts nothing. */
export function leaves(node: Bare): number {
  const value = unwrap(node) ?? node;
  if (value.type === 'object' || value.type === 'array') {
    return value.children.reduce((sum, child) => sum + (child.type === 'pair' ? leaves(child.get('value') ?? child) : leaves(child)), 0);
  }
  return isLoose(value) ? 0 : 1;
}

function isLoose(value: Bare): boolean {
  if (value.type === 'object' || value.type === 'array')
    return value.children.every((child) => isLoose(child.type === 'pair' ? (child.get('value') ?? child) : child));
  return /^expect\s*\.\s*(any|anything)\s*\(/.test(value.text);
}

/** Whether a value is the same whatever the code under test does: literals and what is made of them alone. */
export function isConstant(node: Bare | undefined, script: Script): boolean {
  const value = unwrap(node);
  if (!value) return false;
  if (LITERALS.has(value.type)) return true;
  switch (value.type) {
    case 'template_string':
      return stringOf(value) !== undefined;
    case 'unary_expression':
    case 'binary_expression':
      return value.children.every((child) => isConstant(child, script));
    case 'array':
      return value.children.every((child) => isConstant(child, script));
    case 'object':
      return value.children.every((child) => child.type === 'pair' && isConstant(child.get('value'), script));
    case 'identifier': {
      const found = script.declared(value.text, value);
      const inner = found?.constant ? unwrap(found.value) : undefined;
      return inner !== undefined && LITERALS.has(inner.type) && inner.type !== 'regex';
    }
    default:
      return false;
  }
}

/** How a constant is spelled, also where it has a name. */
export function constantText(node: Bare | undefined, script: Script): string {
  const value = unwrap(node);
  if (value?.type !== 'identifier') return squeezed(value ?? '');
  return squeezed(unwrap(script.declared(value.text, value)?.value) ?? value);
}

/** Whether two expressions are the same variable or property, so that comparing them says nothing. Calls may answer another thing each time. */
export function isSame(a: Bare | undefined, b: Bare | undefined): boolean {
  if (!a || !b || squeezed(a) !== squeezed(b)) return false;
  return !a.some(({ type }) => /call|await|new_expression|yield|update|assignment|function|object|array/.test(type));
}

function lengthOf(subject: Bare): boolean {
  const inner = withoutAwait(subject);
  return inner.type === 'member_expression' && /^(length|size)$/.test(inner.get('property')?.text ?? '');
}

/** What `toThrow` states: any error will do where it names none, and where it names the class of all. */
export function thrown(subject: Bare, expected: Bare | undefined): Stated {
  const what = unwrap(expected);
  return { fact: !what || what.text === 'Error' ? 'any-error' : 'error', subject };
}
