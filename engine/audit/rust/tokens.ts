import type { Check } from '../model.ts';
import { checkOf, type Standing, under } from '../reading/index.ts';
import { closingQuote, ofMacro, split } from './facts.ts';

/** What the blocks are in which a place of unparsed code stands. */
const BRANCH = /\b(?:if|else|match|while let)\b[^{};]*$|\bif let\b(?:[^{};]|\{[^{};]*\})*=[^{};=]*$|=>\s*$/;
const LOOP = /\b(?:for|while)\b[^{};]*$/;
const SURE_LOOP = /\bfor\s+[^{};]*\bin\s+(?:&?\[|&?vec!\[|\(?\d[\w.]*\s*\.\.=?\s*\(?[\w.]+\)?|[A-Z][A-Z\d_]+\b)[^{};]*$/;

/** The assertions in what a macro is given, which is not parsed as code: `from` is where the text begins in the file. */
export function assertionsIn(text: string, from: number, state: Standing): Check[] {
  return [...text.matchAll(/\b((?:\w+::)*(?:prop_|debug_)?assert\w*)!\s*[([{]/g)].flatMap((one): Check[] => {
    const open = one.index + one[0].length;
    const end = closing(text, open - 1);
    const inner = text.slice(open, end - 1);
    const stated = ofMacro(
      one[1] as string,
      split(inner, ',').map((arg) => arg.trim()),
    );
    if (!stated || stated === 'fail' || stated.fails) return [];
    const start = from + one.index;
    return [checkOf(stated, standingAt(text, one.index, from, state), { start, end: from + end })];
  });
}

/** The end of what opens at a place of a text, by its brackets. */
export function closing(text: string, open: number): number {
  let depth = 0;
  for (let i = open; i < text.length; i++) {
    const c = text[i] as string;
    if (c === '"') {
      const raw = /r(#*)$/.exec(text.slice(Math.max(0, i - 6), i));
      const end = raw ? text.indexOf(`"${raw[1]}`, i + 1) : closingQuote(text, i);
      if (end < 0) return text.length;
      i = end;
    } else if (c === "'") i += (/^'(?:\\[^']*|[^'\\])'/.exec(text.slice(i, i + 12))?.[0].length ?? 1) - 1;
    else if ('([{'.includes(c)) depth++;
    else if (')]}'.includes(c) && --depth === 0) return i + 1;
  }
  return text.length;
}

/** What keeps the code at a place from running: the blocks around it are told by what stands before them. */
function standingAt(text: string, at: number, from: number, state: Standing): Standing {
  let standing = state;
  for (let open = text.indexOf('{'); open >= 0 && open < at; ) {
    const end = closing(text, open);
    if (end <= at) {
      open = text.indexOf('{', end);
      continue;
    }
    const head = text.slice(0, open);
    if (BRANCH.test(head)) standing = under(standing, 'conditional', { start: from + open });
    else if (LOOP.test(head) && !SURE_LOOP.test(head)) standing = under(standing, 'loop', { start: from + open });
    open = text.indexOf('{', open + 1);
  }
  return standing;
}
