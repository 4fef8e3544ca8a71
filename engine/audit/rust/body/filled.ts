import type { Bare } from '../../../syntax/index.ts';
import { holds } from '../../reading/index.ts';
import { squeezed } from '../../text.ts';
import type { Walk } from './walk.ts';

/** Methods whose result has elements where what they are called on has some. */
const KEEPS = /^(iter|into_iter|iter_mut|enumerate|zip|rev|cloned|copied|clone|chars|bytes|windows|chunks|skip|take|step_by|map)$/;

/** Whether something that is gone through has elements: it is written out, or its length was asserted before. */
export function isFilled(walk: Walk, node: Bare | undefined): boolean {
  return node !== undefined && walk.unfolding.holds(node, (value) => hasElements(walk, value));
}

function hasElements(walk: Walk, node: Bare): boolean {
  const { text } = node;
  switch (node.type) {
    case 'array_expression':
    case 'tuple_expression':
      return node.children.length > 0;
    case 'range_expression':
      return /^\(?[\w:-]+\s*\.\.=?\s*[\w:().]+\)?$/.test(text);
    case 'reference_expression':
    case 'parenthesized_expression':
      return isFilled(walk, node.children.at(-1));
    case 'macro_invocation':
      return /^vec!\s*[[(]\s*\S/.test(text) && !/^vec!\s*\[\s*\]/.test(text);
    case 'call_expression': {
      const callee = node.get('function');
      return callee?.type === 'field_expression' && KEEPS.test(callee.get('field')?.text ?? '') && isFilled(walk, callee.get('value'));
    }
    case 'string_literal':
    case 'raw_string_literal':
      return true;
    case 'identifier':
      return isConstant(text) || isWritten(walk, text) || isLooked(walk, text);
    default:
      return isLooked(walk, text);
  }
}

function isConstant(name: string): boolean {
  return /^[A-Z][A-Z\d_]*$/.test(name);
}

/** Whether a name is set to something with elements. */
function isWritten(walk: Walk, name: string): boolean {
  const [written] = walk.fn.filter((one) => one.type === 'let_declaration' && one.get('pattern')?.text === name);
  const value = written?.get('value');
  return value !== undefined && value.type !== 'identifier' && isFilled(walk, value);
}

function isLooked({ gathered }: Walk, text: string): boolean {
  const subject = squeezed(text);
  return gathered.checks.some(
    (check) =>
      holds(check) &&
      (check.subject === subject ||
        /^\.(len|peek\(\)\.is_some|next\(\)\.is_some)/.test(check.subject.startsWith(subject) ? check.subject.slice(subject.length) : '')),
  );
}
