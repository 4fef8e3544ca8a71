import type { Bare } from '../../syntax/index.ts';
import type { Stated } from '../reading/index.ts';
import { squeezed } from '../text.ts';

const LITERALS = new Set([
  'int_literal',
  'float_literal',
  'interpreted_string_literal',
  'raw_string_literal',
  'rune_literal',
  'true',
  'false',
  'nil',
]);

/** What `if condition { t.Error() }` states: that the condition does not hold. */
export function denied(condition: Bare): Stated[] {
  const node = plain(condition);
  if (node.type === 'binary_expression') {
    const [left, right] = node.children;
    if (!left || !right) return [{ fact: 'truth', subject: squeezed(node) }];
    switch (node.operator) {
      case '||':
        return [...denied(left), ...denied(right)];
      case '&&':
        // `tt.wantErr == nil && err != nil`: what a row wants is not what came of it.
        return denied(isAside(left, right) ? right : left).map((one) => ({ ...one, fact: one.fact === 'value' ? 'partial' : one.fact }));
      case '!=':
        if (right.type === 'nil') return [{ fact: isError(left) ? 'no-error' : 'nothing', subject: squeezed(left) }];
        return [equality(left, right)];
      case '==':
        if (right.type === 'nil') return [{ fact: isError(left) && !OF_CONTEXT.test(left.text) ? 'any-error' : 'exists', subject: squeezed(left) }];
        return [{ fact: 'different', subject: squeezed(left) }];
      default:
        return [
          {
            fact: /^(len|cap)\(/.test(left.text) ? 'count' : 'order',
            subject: squeezed(left),
            ...(node.operator === '<' && /^(len|cap)\(/.test(left.text) && right.text === '0' && { flaw: 'tautology' as const }),
          },
        ];
    }
  }
  if (node.type === 'unary_expression' && node.head.trim() === '!' && node.children[0]) return [held(plain(node.children[0]))];
  if (node.type === 'call_expression') {
    const one = held(node);
    return [{ ...one, fact: one.fact === 'boolean' ? 'boolean' : 'different' }];
  }
  return [{ fact: 'boolean', subject: squeezed(node) }];
}

/** Whether a context has ended is asked by its error. */
const OF_CONTEXT = /\b\w*(ctx|context)\w*\.Err$/i;

/** Whether the first of two conditions only says when the second is asked: `err == nil && got != want`. */
function isAside(first: Bare, second: Bare): boolean {
  if (WANTED.test(first.text)) return true;
  const isOfNothing = first.operator === '==' && first.children[1]?.type === 'nil';
  // A name alone says what is wanted: `err == nil && tt.fails`.
  const asked = second.type === 'unary_expression' ? second.children[0] : second;
  return isOfNothing && !/identifier|selector_expression/.test(asked?.type ?? '') && asked?.children[1]?.type !== 'nil';
}

/** What a row of a table wants, in a condition. */
const WANTED = /^!?[(\s]*(\w+\.)?(want|expect|should)\w*/i;

/** What it states that a call or a name is true. */
function held(node: Bare): Stated {
  const subject = squeezed(node);
  if (node.type !== 'call_expression') return { fact: 'boolean', subject };
  const name = node.get('function')?.text ?? '';
  const [first, second] = node.get('arguments')?.children ?? [];
  if (/^(reflect\.DeepEqual|cmp\.Equal|bytes\.Equal|slices\.Equal|maps\.Equal|proto\.Equal)$/.test(name) && first && second)
    return equality(first, second);
  if (/^errors\.(Is|As)$/.test(name)) return { fact: 'error', subject: squeezed(first ?? node) };
  if (/^(strings|bytes)\.(Contains|HasPrefix|HasSuffix|EqualFold)/.test(name) || /\.(Equal|Contains|Has)$/.test(name))
    return { fact: 'partial', subject };
  if (/Match(String)?$/.test(name)) return { fact: 'pattern', subject };
  return { fact: 'boolean', subject };
}

/** What it states that two values are the same. */
export function equality(left: Bare, right: Bare): Stated {
  if (isConstant(left) && isConstant(right))
    return {
      fact: 'value',
      subject: squeezed(left),
      ...(squeezed(left) === squeezed(right) ? { flaw: 'tautology' as const } : { fails: true as const }),
    };
  if (squeezed(left) === squeezed(right) && !left.some(({ type }) => type === 'call_expression'))
    return { fact: 'value', subject: squeezed(left), flaw: 'tautology' };
  const isExpected = (node: Bare) =>
    isConstant(node) || node.type === 'composite_literal' || /^(tt|tc|test|c|tcase)?\.?(want|exp|expected)/i.test(node.text);
  const [subject, expected] = isExpected(left) && !isExpected(right) ? [right, left] : [left, right];
  if (expected.type === 'true' || expected.type === 'false') return { fact: 'boolean', subject: squeezed(subject) };
  if (/^(len|cap)\(/.test(subject.text)) return { fact: 'count', subject: squeezed(subject) };
  if (/\.Error\(\)$/.test(subject.text) || (isError(subject) && !isConstant(expected))) return { fact: 'error', subject: squeezed(subject) };
  if (/^(nil|""|``)$/.test(expected.text)) return { fact: 'nothing', subject: squeezed(subject) };
  const details =
    expected.type === 'composite_literal'
      ? expected.filter(({ type, children }) => type === 'literal_element' && children.every((one) => one.type !== 'literal_value')).length
      : 0;
  return details > 1 ? { fact: 'structure', subject: squeezed(subject), details } : { fact: 'value', subject: squeezed(subject) };
}

/** Methods of testify's assert and require, and of what is like them; `args` are without the test. */
export function ofTestify(method: string, args: readonly Bare[], call: Bare): Stated | 'fail' | undefined {
  const name = method.replace(/f$/, '');
  const [first, second] = args;
  const subject = squeezed(first ?? call);
  switch (name) {
    case 'Equal':
    case 'EqualValues':
    case 'Exactly':
    case 'JSONEq':
    case 'YAMLEq':
    case 'ElementsMatch':
    case 'Same':
    case 'DeepEqual':
      return first && second ? equality(first, second) : undefined;
    case 'True':
    case 'False': {
      if (!first) return undefined;
      if (first.type === 'true' || first.type === 'false')
        return { fact: 'truth', subject, ...((first.type === 'true') === (name === 'True') ? { flaw: 'tautology' } : { fails: true }) };
      if (name === 'False') return denied(first)[0];
      if (first.type === 'binary_expression' && first.operator === '==' && first.children[0] && first.children[1])
        return equality(first.children[0], first.children[1]);
      return first.type === 'binary_expression' ? { fact: 'order', subject } : held(first);
    }
    case 'Error':
      // `r.Error()` of something else asks for its error.
      return first && !isConstant(first) ? { fact: 'any-error', subject } : undefined;
    case 'NoError':
    case 'NilError':
    case 'NoErr':
    case 'NotPanics':
      return { fact: 'no-error', subject };
    case 'ErrorIs':
    case 'ErrorAs':
    case 'ErrorContains':
    case 'EqualError':
    case 'PanicsWithValue':
    case 'PanicsWithError':
      return { fact: 'error', subject };
    case 'Panics':
      return { fact: 'any-error', subject };
    case 'Nil':
    case 'Empty':
    case 'Zero':
      return { fact: name === 'Nil' && first && isError(first) ? 'no-error' : 'nothing', subject };
    case 'NotNil':
    case 'NotEmpty':
    case 'NotZero':
    case 'FileExists':
    case 'DirExists':
    case 'Exists':
      return { fact: 'exists', subject };
    case 'Len':
      return { fact: 'count', subject, ...(first && isConstant(first) && { flaw: 'tautology' as const }) };
    case 'Contains':
    case 'Subset':
      return { fact: 'partial', subject: squeezed(call) };
    case 'Regexp':
      return { fact: 'pattern', subject: squeezed(second ?? call) };
    case 'InDelta':
    case 'InEpsilon':
    case 'WithinDuration':
      return { fact: 'approximate', subject: squeezed(second ?? call) };
    case 'Implements':
    case 'IsType':
      return { fact: 'type', subject: squeezed(second ?? call) };
    case 'GreaterOrEqual':
      if (name === 'GreaterOrEqual' && /^len\(/.test(subject) && second?.text === '0') return { fact: 'order', subject, flaw: 'tautology' };
      return { fact: 'order', subject };
    case 'Greater':
    case 'Less':
    case 'LessOrEqual':
    case 'Positive':
    case 'Negative':
      return { fact: 'order', subject };
    case 'Eventually':
    case 'EventuallyWithT':
    case 'Never':
    case 'Condition':
      return { fact: 'boolean', subject };
    case 'AssertExpectations':
    case 'AssertCalled':
      return { fact: 'calls', subject: squeezed(call) };
    case 'AssertNumberOfCalls':
    case 'AssertNotCalled':
      return { fact: 'called', subject: squeezed(call) };
    case 'Fail':
    case 'FailNow':
      return 'fail';
    default:
      return /^Not[A-Z]/.test(name) && args.length > 0 ? { fact: 'different', subject } : undefined;
  }
}

/** Whether a value is written out. */
export function isConstant(node: Bare): boolean {
  const value = plain(node);
  if (LITERALS.has(value.type)) return true;
  return value.type === 'unary_expression' && value.head.trim() === '-' && value.children.every(isConstant);
}

/** What stands inside of parentheses. */
export function plain(node: Bare): Bare {
  const inner = node.type === 'parenthesized_expression' && node.children[0];
  return inner ? plain(inner) : node;
}

function isError(node: Bare): boolean {
  return /(^|\.)\w*err(or)?\d*$/i.test(node.text) || /^recover\(\)$/.test(node.text);
}
