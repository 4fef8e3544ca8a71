import type { Bare } from '../syntax/index.ts';

/** Text without white space: two spellings of the same are equal. */
export function squeezed(node: Bare | string): string {
  const text = typeof node === 'string' ? node : node.text;
  let found = '';
  let from = 0;
  // Most texts are short: a regular expression takes longer to begin than this to end.
  for (let at = 0; at < text.length; at++) {
    const unit = text.charCodeAt(at);
    if (unit > SPACE && unit < NO_BREAK_SPACE) continue;
    if (unit !== SPACE && unit !== NEW_LINE && !/\s/.test(text.charAt(at))) continue;
    if (at > from) found += text.slice(from, at);
    from = at + 1;
  }
  return from === 0 ? text : found + text.slice(from);
}

const NEW_LINE = 0x0a;
const SPACE = 0x20;
const NO_BREAK_SPACE = 0xa0;

/** A body without comments and white space, but with its literals as they are: what makes two tests the same. */
export function bodyText(node: Bare, comment: RegExp): string {
  if (node.children.length === 0) return /string|template|regex|char/.test(node.type) ? node.text : squeezed(node);
  let text = '';
  let at = node.start;
  for (const child of node.children) {
    text += gapText(node.between(at, child.start), comment) + bodyText(child, comment);
    at = child.end;
  }
  return text + gapText(node.between(at, node.end), comment);
}

/** What stands between nodes, where there may be comments: none begins without one of these. */
function gapText(text: string, comment: RegExp): string {
  return squeezed(text.includes('/') || text.includes('#') ? text.replace(comment, '') : text);
}
