import type { Bare } from '../syntax/index.ts';

/** Text without white space: two spellings of the same are equal. */
export function squeezed(node: Bare | string): string {
  return (typeof node === 'string' ? node : node.text).replace(/\s+/g, '');
}

/** A body without comments and white space, but with its literals as they are: what makes two tests the same. */
export function bodyText(node: Bare, comment: RegExp): string {
  if (node.children.length === 0) return /string|template|regex|char/.test(node.type) ? node.text : squeezed(node);
  let text = '';
  let at = node.start;
  for (const child of node.children) {
    text += squeezed(node.between(at, child.start).replace(comment, '')) + bodyText(child, comment);
    at = child.end;
  }
  return text + squeezed(node.between(at, node.end).replace(comment, ''));
}
