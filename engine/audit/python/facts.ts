import type { Bare } from '../../syntax/index.ts';
import type { Stated as AnyStated } from '../reading/index.ts';
import { squeezed } from '../text.ts';

/** What an expression that is asserted states. */
export type Stated = AnyStated<Bare | string>;

const LITERALS = new Set(['integer', 'float', 'string', 'true', 'false', 'none', 'concatenated_string']);

/** What `assert expression` states. */
export function stated(expression: Bare): Stated[] {
  const node = plain(expression);
  switch (node.type) {
    case 'true':
    case 'integer':
    case 'string':
    case 'tuple':
      if (node.text === '0' || node.text === "''" || node.text === '""') return [{ fact: 'truth', subject: node, fails: true }];
      return [{ fact: 'truth', subject: node, flaw: 'tautology' }];
    case 'false':
    case 'none':
      return [{ fact: 'truth', subject: node, fails: true }];
    case 'boolean_operator': {
      const [left, right] = node.children;
      if (!left || !right) return [{ fact: 'truth', subject: node }];
      if (node.operator === 'and') return [...stated(left), ...stated(right)];
      const isAlways = [left, right].some((side) => stated(side).some(({ flaw }) => flaw === 'tautology'));
      return isAlways ? [{ fact: 'truth', subject: node, flaw: 'tautology' }] : [{ fact: 'partial', subject: node }];
    }
    case 'not_operator': {
      const inner = node.children[0];
      const first = inner && stated(inner)[0];
      if (!first || first.fact === 'truth') return [{ fact: 'truth', subject: node }];
      return [{ ...first, fact: first.fact === 'value' || first.fact === 'structure' ? 'different' : first.fact }];
    }
    case 'comparison_operator':
      return [compared(node)];
    case 'call':
      return [called(node)];
    default:
      return [{ fact: 'truth', subject: node }];
  }
}

function compared(node: Bare): Stated {
  const [left, right] = node.children;
  if (!left || !right) return { fact: 'truth', subject: node };
  switch (node.operator.replace(/\s+/g, ' ')) {
    case '==': {
      const found = equality(left, right);
      // In a chain of comparisons the others say more.
      return found.flaw && node.children.length > 2 ? { ...found, isPlain: false } : found;
    }
    case 'is':
      if (right.type === 'none') return { fact: 'nothing', subject: left };
      return { fact: right.type === 'true' || right.type === 'false' ? 'boolean' : 'value', subject: left };
    case 'is not':
      return right.type === 'none' ? { fact: 'exists', subject: left } : { fact: 'different', subject: left };
    case '!=':
    case '<>':
    case 'not in':
      return { fact: 'different', subject: left };
    case 'in':
      // `assert text in output`: what is looked at stands on the right.
      return { fact: 'partial', subject: squeezed(right) + squeezed(left) };
    default:
      return { fact: 'order', subject: left };
  }
}

/** What it states that two values are the same. */
export function equality(left: Bare, right: Bare): Stated {
  if (isConstant(left) && isConstant(right))
    return {
      fact: 'value',
      subject: left,
      // What is computed of constants is not computed here.
      ...(squeezed(left) === squeezed(right) || [left, right].some(({ type }) => type === 'binary_operator')
        ? { flaw: 'tautology', isPlain: false }
        : { fails: true }),
    };
  if (
    squeezed(left) === squeezed(right) &&
    !left.some(
      (one) => one.type === 'await' || (one.type === 'call' && !/^(len|str|repr|type|sorted|set|list)$/.test(one.get('function')?.text ?? '')),
    )
  )
    return { fact: 'value', subject: left, flaw: 'tautology', isPlain: /^len\(\w+\)$/.test(left.text) };
  const [subject, expected] = isConstant(left) ? [right, left] : [left, right];
  if (expected.type === 'true' || expected.type === 'false') return { fact: 'boolean', subject };
  if (/^(pytest\.)?approx\(/.test(expected.text)) return { fact: 'approximate', subject };
  if (/^len\(/.test(subject.text)) return { fact: 'count', subject };
  if (/^type\(/.test(subject.text)) return { fact: 'type', subject };
  if (/^(None|''|""|\[\s*\]|\{\s*\}|\(\s*\)|set\(\))$/.test(expected.text)) return { fact: 'nothing', subject };
  const details = leaves(expected);
  return details > 1 ? { fact: 'structure', subject, details } : { fact: 'value', subject };
}

function called(node: Bare): Stated {
  const name = node.get('function')?.text ?? '';
  const [subject] = node.get('arguments')?.children ?? [];
  if (/^(isinstance|issubclass|callable)$/.test(name)) return { fact: 'type', subject: subject ?? node };
  if (name === 'hasattr') return { fact: 'exists', subject: subject ?? node };
  if (/(^|\.)(all|any|allclose|array_equal|isclose|startswith|endswith|match|search|fullmatch|equals)$/.test(name))
    return { fact: 'partial', subject: node };
  if (/(^|\.)(is|has|can|are|exists)(_|$|[a-z]*file$|dir$)/.test(name.split('.').at(-1) ?? '')) return { fact: 'boolean', subject: node };
  return { fact: 'truth', subject: node };
}

/** How many values a literal spells out; 0 where it is none. */
export function leaves(node: Bare): number {
  const value = plain(node);
  if (value.type === 'list' || value.type === 'tuple' || value.type === 'set')
    return value.children.reduce((sum, child) => sum + Math.max(1, leaves(child)), 0);
  if (value.type === 'dictionary')
    return value.children.reduce((sum, pair) => sum + Math.max(1, pair.get('value') ? leaves(pair.get('value') as Bare) : 1), 0);
  return LITERALS.has(value.type) ? 1 : 0;
}

/** Whether a value is written out. */
export function isConstant(node: Bare): boolean {
  const value = plain(node);
  if (LITERALS.has(value.type)) return !/^[a-z]*f[a-z]*['"]/i.test(value.text);
  if (/^(unary_operator|binary_operator|list|tuple|set|dictionary|pair)$/.test(value.type)) return value.children.every(isConstant);
  return false;
}

/** What stands inside of parentheses and behind `await`. */
export function plain(node: Bare): Bare {
  const inner = (node.type === 'parenthesized_expression' || node.type === 'await') && node.children[0];
  return inner ? plain(inner) : node;
}
