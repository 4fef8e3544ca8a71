import type { Span } from '../model.ts';

/** Where a value stands in a text that is JSON, by the keys and indexes that lead to it; where its key does, if `of` says so. Undefined where there is none. */
export function jsonPlace(text: string, path: readonly (string | number)[], of: 'value' | 'key' = 'value'): Span | undefined {
  let at = 0;
  let found: Span | undefined;
  const space = () => {
    while (/\s/.test(text[at] ?? '')) at++;
  };
  const string = () => {
    const start = at++;
    while (at < text.length && text[at] !== '"') at += text[at] === '\\' ? 2 : 1;
    at++;
    return text.slice(start, at);
  };
  /** Reads a value; `left` is what of the path leads on from it, undefined where the path leads elsewhere. */
  const value = (left: readonly (string | number)[] | undefined): void => {
    space();
    const start = at;
    if (text[at] === '{' || text[at] === '[') {
      const end = text[at++] === '{' ? '}' : ']';
      for (let index = 0; at < text.length; index++) {
        space();
        if (text[at] === end) break;
        const keyStart = at;
        const key = end === '}' ? (JSON.parse(string()) as string) : index;
        const keyEnd = at;
        space();
        if (end === '}') at++;
        const isNext = left !== undefined && left.length > 0 && left[0] === key;
        if (isNext && left.length === 1 && of === 'key') found = { start: keyStart, end: keyEnd };
        value(isNext ? left.slice(1) : undefined);
        space();
        if (text[at] === ',') at++;
      }
      at++;
    } else if (text[at] === '"') string();
    else while (at < text.length && !/[\s,\]}]/.test(text[at] ?? '')) at++;
    if (left?.length === 0 && of === 'value') found = { start, end: at };
  };
  value(path);
  return found;
}
